import { listLabels, savedLists, type DeskQuery, type SavedList } from '@/domain/desk/desk'
import { routes } from '@/lib/routes'

type Props = { query: DeskQuery; counts: Record<SavedList, number>; countLimit: number }

/** The lists that everybody has, each with how many stories stand in it. */
export function SavedLists({ query, counts, countLimit }: Props) {
  return (
    <nav aria-label="Saved lists" className="cluster saved-lists">
      <a href={routes.admin.desk} aria-current={query.list === null ? 'page' : undefined}>
        Everything
      </a>
      {savedLists.map((list) => (
        <a key={list} href={routes.admin.deskList(list)} aria-current={query.list === list ? 'page' : undefined}>
          {listLabels[list]} <span className="count">{formatCount(counts[list], countLimit)}</span>
        </a>
      ))}
    </nav>
  )
}

/** A count that stops somewhere says so. */
export function formatCount(count: number, upTo: number): string {
  return count < upTo ? String(count) : `${upTo - 1}+`
}
