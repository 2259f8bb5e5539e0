import { listWords, savedLists, type DeskQuestion, type SavedList } from '@/domain/desk/desk'
import { routes } from '@/lib/routes'

type Props = { question: DeskQuestion; counts: Record<SavedList, number>; countedUpTo: number }

/** The lists that everybody has, each with how many stories stand in it. */
export function SavedLists({ question, counts, countedUpTo }: Props) {
  return (
    <nav aria-label="Saved lists" className="cluster saved-lists">
      <a href={routes.admin.desk} aria-current={question.list === null ? 'page' : undefined}>
        Everything
      </a>
      {savedLists.map((list) => (
        <a key={list} href={routes.admin.deskList(list)} aria-current={question.list === list ? 'page' : undefined}>
          {listWords[list]} <span className="count">{countInWords(counts[list], countedUpTo)}</span>
        </a>
      ))}
    </nav>
  )
}

/** A count that stops somewhere says so. */
export function countInWords(count: number, upTo: number): string {
  return count < upTo ? String(count) : `${upTo - 1}+`
}
