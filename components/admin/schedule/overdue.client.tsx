'use client'
import { useEffect, useState } from 'react'
import { routes } from '@/lib/routes'

/** A page that somebody looks at asks so often whether anything is overdue: a desk may stay open all night. Milliseconds. */
const POLL_INTERVAL = 60_000

/**
 * Loud on every page of the newsroom: something came true by itself, and no clock has noticed.
 * @param count when the page was made; from then on it is asked for
 */
export function Overdue({ count: initialCount }: { count: number }) {
  const [state, setState] = useState({ onPage: initialCount, count: initialCount })
  // A page that has come since knows better.
  if (state.onPage !== initialCount) setState({ onPage: initialCount, count: initialCount })
  useEffect(() => pollOverdue((count) => setState((before) => ({ ...before, count }))), [])
  const { count } = state
  if (count === 0) return null
  return (
    <div className="notice bad overdue" role="alert">
      <p>
        <strong>Overdue:</strong> {count === 1 ? 'one story has' : `${count} stories have`} gone live, changed or ended
        by the time that was set, and no clock of the newsroom has noticed for over half a minute. Readers have it on
        time all the same, but the history does not tell it, and pages remembered elsewhere may be old. See to it that a
        server runs (<code>npm start</code>) and reaches the database; it catches up by itself.{' '}
        <a href={routes.admin.schedule}>See the schedule</a>
      </p>
    </div>
  )
}

/** Asks while somebody looks, and when they come back to it. @returns ends it */
function pollOverdue(onCount: (count: number) => void): () => void {
  let polledAt = Date.now()
  const isVisible = () => document.visibilityState === 'visible'
  const poll = async () => {
    polledAt = Date.now()
    try {
      const answer = await fetch(routes.admin.overdue)
      if (answer.ok) onCount(((await answer.json()) as { overdue: number }).overdue)
    } catch {
      // A newsroom that cannot be reached says nothing new.
    }
  }
  const onVisibilityChange = () => {
    if (isVisible() && Date.now() - polledAt >= POLL_INTERVAL) void poll()
  }
  const timer = setInterval(() => isVisible() && void poll(), POLL_INTERVAL)
  document.addEventListener('visibilitychange', onVisibilityChange)
  return () => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', onVisibilityChange)
  }
}
