import { listLabels, savedLists, type DeskQuery, type SavedList } from '@/domain/desk/desk'
import { routes } from '@/lib/routes'

type Props = { query: DeskQuery; counts: Record<SavedList, number>; countLimit: number }

/** The saved lists of the desk, with their counts. */
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

/** A count; from the limit on, the limit minus one and a "+". */
export function formatCount(count: number, upTo: number): string {
  return count < upTo ? String(count) : `${upTo - 1}+`
}
