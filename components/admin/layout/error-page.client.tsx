'use client'
import { useEffect, useRef } from 'react'
import { routes } from '@/lib/routes'

type Props = { error: Error & { digest?: string }; reset: () => void }

/** Shown when rendering a page threw. The digest is also in the log. */
export function ErrorPage({ error, reset }: Props) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <main id="main" className="page narrow">
      <title>Something went wrong · Newsroom</title>
      <h1 tabIndex={-1} ref={heading}>
        Something went wrong on our side
      </h1>
      <p>
        What was saved is safe, and readers go on reading. Try again; if it happens twice, tell whoever runs this
        newsroom.
      </p>
      {error.digest && <p className="hint">For the log: {error.digest}</p>}
      <p className="actions">
        <button className="button primary" onClick={reset}>
          Try again
        </button>
        <a className="button" href={routes.admin.desk}>
          Go to the desk
        </a>
      </p>
    </main>
  )
}
