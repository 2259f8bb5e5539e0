import type { NewsroomEvent } from '@/domain/history/event'
import { sentence } from '@/domain/history/sentence'
import { routes } from '@/lib/routes'
import { Pager } from '../layout/pager'
import { Timestamp } from '../layout/timestamp'

type HistoryEntry = { id: number; happenedAt: Date; actorName: string; storyId: number | null; event: NewsroomEvent }
type Props = {
  entries: HistoryEntry[]
  address: string
  fileAddress: (format: string) => string
  /** The cursor of this page; null: the newest. */
  before: string | null
  olderCursor: string | null
  timeZone: string
  linksToStories?: boolean
}

/** Events as sentences, newest first, with links to older ones and to the whole history as a file. */
export function HistoryList({ entries, address, fileAddress, before, olderCursor, timeZone, linksToStories }: Props) {
  return (
    <>
      <p className="cluster small-print">
        <span>The whole history as a file:</span>
        <a href={fileAddress('csv')} download>
          CSV, for a spreadsheet
        </a>
        <a href={fileAddress('json')} download>
          JSON, for a program
        </a>
      </p>
      {entries.length === 0 ? (
        <p className="panel">Nothing has happened here yet.</p>
      ) : (
        <ol className="rows" aria-label="What happened, newest first">
          {entries.map(({ id, happenedAt, actorName, storyId, event }) => (
            <li key={id}>
              <p className="small-print">
                <Timestamp at={happenedAt} timeZone={timeZone} /> · <bdi>{actorName}</bdi>
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
      )}
      <Pager
        label="More history"
        first={before === null ? null : address}
        next={olderCursor && routes.before(address, olderCursor)}
      />
    </>
  )
}
