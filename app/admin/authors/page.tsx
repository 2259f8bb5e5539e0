import { namesPage } from '../names-page'
import type { SearchParams } from '../params'
import { merge, rename } from './actions'

export default function AuthorsPage({ searchParams }: { searchParams: SearchParams }) {
  return namesPage('author', searchParams, { rename, merge })
}
