import type { PageCase } from './page-case'
import { signInPages } from './sign-in-pages'
import { newsroomPages } from './newsroom-pages'
import { readerPages } from './reader-pages'

/** Every page and every route that is asked with GET, for every case, with who sees it. */
export const pageCases: PageCase[] = [...signInPages, ...readerPages, ...newsroomPages]
