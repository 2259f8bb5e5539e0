type Props = {
  label: string
  /** The first page; null on it. */
  first: string | null
  /** The next page by cursor; null on the last. */
  next: string | null
  firstText?: string
  nextText?: string
}

/** Links to the first and the next page of a list. */
export function Pager({ label, first, next, firstText = 'Back to the newest', nextText = 'Older' }: Props) {
  if (next === null && first === null) return null
  return (
    <nav aria-label={label} className="cluster">
      {first && (
        <a className="button" href={first}>
          {firstText}
        </a>
      )}
      {next && (
        <a className="button" href={next} rel="next">
          {nextText}
        </a>
      )}
    </nav>
  )
}
