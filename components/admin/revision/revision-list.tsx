import type { ReactNode } from 'react'
import type { RevisionReason, Revision } from '@/domain/revision/revision'
import type { Story } from '@/domain/story/story'
import { routes } from '@/lib/routes'
import { CompareLink } from '../story/compare-link'
import { Timestamp } from '../layout/timestamp'
import { liveRevisionPhrases } from '../story/story-status'

type Props = { story: Story; revisions: Revision[]; isNewest: boolean; timeZone: string }

/** The draft and the revisions of a story, newest first, each with links to comparisons. */
export function RevisionList({ story, revisions, isNewest, timeZone }: Props) {
  return (
    <ol className="rows" aria-label="Versions, newest first">
      {isNewest && <DraftRow story={story} newest={revisions[0]} timeZone={timeZone} />}
      {revisions.map((revision) => (
        <RevisionRow key={revision.id} {...{ story, revision, timeZone }} />
      ))}
    </ol>
  )
}

function DraftRow({ story, newest, timeZone }: { story: Story; newest: Revision | undefined; timeZone: string }) {
  const { draft } = story
  return (
    <Row
      name="The draft"
      facts={
        <>
          <span>
            <Timestamp at={draft.savedAt} timeZone={timeZone} />
          </span>
          <bdi>{draft.savedByName}</bdi>
          {draft.keptAsRevisionId !== null && <span>kept as a version</span>}
        </>
      }
      headline={draft.headline}
    >
      <CompareLink story={story} />
      {newest === undefined && <span className="hint">No version has been kept yet.</span>}
    </Row>
  )
}

function RevisionRow({ story, revision, timeZone }: { story: Story; revision: Revision; timeZone: string }) {
  const { number } = revision
  const isLive = story.stage !== 'draft' && story.liveRevisionId === revision.id
  return (
    <Row
      name={`Version ${number}`}
      facts={
        <>
          <span>
            <Timestamp at={revision.keptAt} timeZone={timeZone} />
          </span>
          <bdi>{revision.keptByName}</bdi>
          <span>{reasonText(revision)}</span>
          {story.stage !== 'draft' && isLive && <b>{liveRevisionPhrases[story.stage]}</b>}
          {!revision.hasBody && <span>headline only</span>}
          {story.draft.keptAsRevisionId === revision.id && <span>says what the draft says</span>}
        </>
      }
      headline={revision.headline}
    >
      <a href={routes.admin.compared(story.id, number, 'draft')}>
        Compare<span className="visually-hidden"> version {number}</span> with the draft
      </a>
      {number > 1 && (
        <a href={routes.admin.compared(story.id, number - 1, number)}>
          What changed<span className="visually-hidden"> in version {number}</span> since version {number - 1}
        </a>
      )}
    </Row>
  )
}

export function reasonText({ keptBecause }: Revision): string {
  return keptBecause === null ? 'kept' : reasonTexts[keptBecause]
}

const reasonTexts: Record<RevisionReason, string> = {
  published: 'published',
  scheduled: 'scheduled',
  corrected: 'kept with a correction',
  restored: 'restored',
  'handed-over': 'handed over',
  work: 'kept before other words took its place',
  removal: 'kept before removing many of its words',
  stranded: 'kept with words whose place was removed',
  device: 'kept on a device since before a backup was brought back',
}

type RowProps = { name: string; facts: ReactNode; headline: string; children: ReactNode }

function Row({ name, facts, headline, children }: RowProps) {
  return (
    <li className="stack tight">
      <p className="facts small-print">
        <b>{name}</b>
        {facts}
      </p>
      <p className="headline-text" dir="auto">
        {headline}
      </p>
      <p className="cluster small-print">{children}</p>
    </li>
  )
}
