'use client'
import { useEffect, useState } from 'react'
import { routes } from '@/lib/routes'

const POLL_INTERVAL_MS = 60_000

/**
 * An alert on every newsroom page: scheduled changes are due, and no clock has settled them.
 * @param count when the page was rendered; polled from then on
 */
export function Overdue({ count: initialCount }: { count: number }) {
  const [state, setState] = useState({ onPage: initialCount, count: initialCount })
  // A refreshed page has a newer count.
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

/** Polls while the page is visible, and when it becomes visible. @returns stops polling */
function pollOverdue(onCount: (count: number) => void): () => void {
  let polledAt = Date.now()
  const isVisible = () => document.visibilityState === 'visible'
  const poll = async () => {
    polledAt = Date.now()
    try {
      const answer = await fetch(routes.admin.overdue)
      if (answer.ok) onCount(((await answer.json()) as { overdue: number }).overdue)
    } catch {
      // Unavailable: the last count stays.
    }
  }
  const onVisibilityChange = () => {
    if (isVisible() && Date.now() - polledAt >= POLL_INTERVAL_MS) void poll()
  }
  const timer = setInterval(() => isVisible() && void poll(), POLL_INTERVAL_MS)
  document.addEventListener('visibilitychange', onVisibilityChange)
  return () => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', onVisibilityChange)
  }
}
