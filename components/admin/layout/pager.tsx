/** The way to older lines and back to the newest. A page by key has no number. */
export function Pager({ older, newest, label }: { older: string | null; newest: string | null; label: string }) {
  if (older === null && newest === null) return null
  return (
    <nav aria-label={label} className="cluster">
      {newest && (
        <a className="button" href={newest}>
          Back to the newest
        </a>
      )}
      {older && (
        <a className="button" href={older} rel="next">
          Older
        </a>
      )}
    </nav>
  )
}
