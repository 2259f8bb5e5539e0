import type { Site } from '@/components/reader/site'
import { PageFrame } from '@/components/reader/page-frame'
import { Story as StoryForReaders } from '@/components/reader/story'
import { formatTime } from '@/components/reader/time-format'
import type { Author, Topic } from '@/domain/copy/name'
import type { Correction } from '@/domain/correction/correction'
import type { Copy } from '@/domain/copy/copy-fields'
import { embargoedAt } from '@/domain/story/embargo'
import { type Story } from '@/domain/story/story'
import { asIfLive } from './preview'

type Opened = {
  story: Story
  copy: Copy
  corrections: Correction[]
  number: number | null
  published: boolean
  label: string
  expiresAt: Date
}
type Props = { opened: Opened; names: { authors: Author[]; topics: Topic[] }; house: Site; now: Date }

/** A story as readers would have it, for somebody outside the newsroom, under a bar that says for whom it is and whether it is published. */
export function SharedPreview({ opened, names, house, now }: Props) {
  const { story, copy, corrections, number, published, label, expiresAt } = opened
  const embargo = embargoedAt(story, now)
  return (
    <>
      <title>{`Preview: ${copy.headline}`}</title>
      <meta name="referrer" content="no-referrer" />
      <aside className="preview-bar" aria-label="Preview">
        <p>
          Preview for {label}, {published ? 'published by now' : 'not published'}:{' '}
          {number === null ? 'the latest draft' : `version ${number}`}. This link works until{' '}
          <time dateTime={expiresAt.toISOString()}>{formatTime(expiresAt, house.timeZone, 'full')}</time>.
        </p>
        {embargo && (
          <p>
            <b>
              Under embargo until{' '}
              <time dateTime={embargo.until.toISOString()}>{formatTime(embargo.until, house.timeZone, 'full')}</time>:
              do not pass it on before.
            </b>
          </p>
        )}
      </aside>
      <PageFrame site={house}>
        <div className="story-page">
          <StoryForReaders
            story={asIfLive(story, { copy, corrections, names }, house, now)}
            corrections={corrections}
            timeZone={house.timeZone}
          />
        </div>
      </PageFrame>
    </>
  )
}

/** A link that expired, was taken back or never was: the same answer for all three. */
export function NoPreview() {
  return (
    <main className="answer">
      <title>This preview cannot be shown</title>
      <meta name="page-status" content="404" />
      <h1>This preview cannot be shown</h1>
      <p>The link has expired, was taken back, or was not copied whole. Ask whoever sent it for a new one.</p>
    </main>
  )
}
