import type { Site } from '@/components/reader/page/site'
import { Moment } from '@/components/reader/page/moment'
import type { Author, Topic } from '@/domain/copy/name'
import type { Correction } from '@/domain/correction/correction'
import type { Copy } from '@/domain/copy/copy-fields'
import { type Story, embargoedAt } from '@/domain/story/story'
import { PreviewedStory } from './preview'

type Opened = {
  story: Story
  copy: Copy
  corrections: Correction[]
  number: number | null
  published: boolean
  label: string
  expiresAt: Date
}
type Props = { opened: Opened; names: { authors: Author[]; topics: Topic[] }; site: Site; now: Date }

/** A story as readers would see it, for somebody outside the newsroom, under a bar that says whom the link is for. */
export function SharedPreview({ opened, names, site, now }: Props) {
  const { story, copy, corrections, number, published, label, expiresAt } = opened
  const embargo = embargoedAt(story, now)
  return (
    <>
      <title>{`Preview: ${copy.headline}`}</title>
      <meta name="referrer" content="no-referrer" />
      <aside className="preview-bar" aria-label="Preview">
        <p>
          Preview for <bdi>{label}</bdi>, {published ? 'published by now' : 'not published'}:{' '}
          {number === null ? 'the latest draft' : `version ${number}`}. This link works until{' '}
          <Moment at={expiresAt} timeZone={site.timeZone} />.
        </p>
        {embargo && (
          <p>
            <b>
              Under embargo until <Moment at={embargo.until} timeZone={site.timeZone} />: do not pass it on before.
            </b>
          </p>
        )}
      </aside>
      <PreviewedStory {...{ story, copy, corrections, names, site, now }} />
    </>
  )
}

/** The same page for a link that has expired, was revoked, or never existed. */
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
