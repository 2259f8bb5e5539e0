import { Fragment } from 'react'
import { hitsIn } from '@/domain/search/search'

/** A text in which the words that were searched are marked. */
export function Marked({ text, searched }: { text: string; searched: string | undefined }) {
  const hits = searched === undefined ? [] : hitsIn(text, searched)
  return (
    <>
      {hits.map(([start, end], at) => (
        <Fragment key={start}>
          {text.slice(hits[at - 1]?.[1] ?? 0, start)}
          <mark>{text.slice(start, end)}</mark>
        </Fragment>
      ))}
      {text.slice(hits.at(-1)?.[1] ?? 0)}
    </>
  )
}
