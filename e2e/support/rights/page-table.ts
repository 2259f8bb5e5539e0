import type { PageLine } from './page-line'
import { doorPages } from './pages-at-the-door'
import { newsroomPages } from './pages-of-the-newsroom'
import { readersPages } from './pages-of-readers'

/** Every page and every route that is asked with GET, for every case, with who sees it. */
export const pageTable: PageLine[] = [...doorPages, ...readersPages, ...newsroomPages]
