import { namesPage } from '../names-page'
import type { SearchParams } from '../params'
import { merge, rename } from './actions'

export default function TopicsPage({ searchParams }: { searchParams: SearchParams }) {
  return namesPage('topic', searchParams, { rename, merge })
}
