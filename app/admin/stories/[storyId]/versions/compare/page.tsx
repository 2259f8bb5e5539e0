import { ComparedBody } from '@/components/admin/revision/compared-body'
import { ComparedFields } from '@/components/admin/revision/compared-fields'
import { NotFound } from '@/components/admin/layout/not-found'
import { RestoreRevision } from '@/components/admin/revision/restore-revision'
import { Title } from '@/components/admin/layout/title'
import { RevisionChoice } from '@/components/admin/revision/revision-select'
import { compareCopies } from '@/domain/revision/comparison'
import { parseCopyRef } from '@/domain/revision/revision'
import { findCompared, findRevisions } from '@/domain/revision/restoring'
import { findNotes } from '@/domain/correction/queries'
import { env } from '@/lib/env'
import { routes } from '@/lib/routes'
import { requireActor } from '@/lib/session'
import { renderPage } from '../../../../render-page'
import { parseId } from '../../../../id-param'
import type { SearchParams } from '../../../../cursor-param'
import { restoreBlock, restoreVersion } from './actions'

type Props = { params: Promise<{ storyId: string }>; searchParams: SearchParams }

/** Two versions of one story, the newer one with everything marked in which they differ. */
export default function ComparePage({ params, searchParams }: Props) {
  return renderPage(async () => {
    const { storyId } = await params
    const { from = 'live', to = 'draft' } = await searchParams
    const asked = new URLSearchParams({ from: String(from), to: String(to) }).toString()
    const here = `${routes.admin.desk}/stories/${encodeURIComponent(storyId)}/versions/compare?${asked}`
    const actor = await requireActor(here)
    const [id, one, other] = [parseId(storyId), parseCopyRef(String(from)), parseCopyRef(String(to))]
    if (id === null || one === null || other === null) return <NotFound />
    const compared = await findCompared(actor, { storyId: id, from: one, to: other })
    const listed = await findRevisions(actor, id, null)
    if (compared === null || listed === null) return <NotFound />
    const { story, older, newer } = compared
    const { same, fields, blocks } = compareCopies(older.copy, newer.copy)
    const notes = await findNotes(story)
    return (
      <main id="main" className="page" tabIndex={-1}>
        <Title>{`Compare versions of ${story.draft.headline}`}</Title>
        <h1>Compare versions</h1>
        <p className="cluster">
          <a className="headline-text" href={routes.admin.story(story.id)}>
            {story.draft.headline || 'Without a headline'}
          </a>
          <a href={routes.admin.versions(story.id)}>All versions</a>
        </p>
        <RevisionChoice {...{ story, older, newer }} revisions={listed.versions} timeZone={env.timeZone} />
        <RestoreRevision {...{ story, older, newer, same }} action={restoreVersion} />
        {same && <p className="notice">These two say the same, word for word.</p>}
        <ComparedFields fields={fields} />
        <ComparedBody
          blocks={blocks}
          notes={notes}
          story={story}
          revision={newer.revision === null ? older.revision : null}
          action={restoreBlock}
        />
      </main>
    )
  })
}
