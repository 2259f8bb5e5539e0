import type { NewsroomEvent } from '@/domain/history/event'
import { sentence } from '@/domain/history/sentence'
import { routes } from '@/lib/routes'
import { Timestamp } from '../layout/timestamp'

type HistoryEntry = { id: number; happenedAt: Date; actorName: string; storyId: number | null; event: NewsroomEvent }

/** Events as sentences, newest first. */
export function HistoryList({
  entries,
  timeZone,
  linksToStories,
}: {
  entries: HistoryEntry[]
  timeZone: string
  linksToStories: boolean
}) {
  if (entries.length === 0) return <p className="panel">Nothing has happened here yet.</p>
  return (
    <ol className="rows" aria-label="What happened, newest first">
      {entries.map(({ id, happenedAt, actorName, storyId, event }) => (
        <li key={id}>
          <p className="small-print">
            <Timestamp at={happenedAt} timeZone={timeZone} /> · {actorName}
          </p>
          <p>
            {sentence(event)}{' '}
            {linksToStories && storyId !== null && (
              <a href={routes.admin.story(storyId)}>
                Open<span className="visually-hidden"> the story of this line</span>
              </a>
            )}
          </p>
        </li>
      ))}
    </ol>
  )
}
