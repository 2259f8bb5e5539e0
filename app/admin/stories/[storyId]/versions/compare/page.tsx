import { ComparedBody } from '@/components/admin/version/compared-body'
import { ComparedFields } from '@/components/admin/version/compared-fields'
import { NotHere } from '@/components/admin/not-here'
import { RestoreVersions } from '@/components/admin/version/restore-versions'
import { Title } from '@/components/admin/title'
import { VersionChoice } from '@/components/admin/version/version-choice'
import { compareCopies } from '@/domain/version/comparison'
import { askedVersion } from '@/domain/version/revision'
import { findCompared, findVersions } from '@/domain/version/versioning'
import { findNotes } from '@/domain/correction/finding'
import { env } from '@/lib/env'
import { routes } from '@/lib/routes'
import { requireActor } from '@/lib/session'
import { answered } from '../../../../answered'
import { askedId } from '../../../../asked-id'
import type { AskedFor } from '../../../../asked-place'
import { restoreBlock, restoreVersion } from './actions'

type Props = { params: Promise<{ storyId: string }>; searchParams: AskedFor }

/** Two versions of one story, the newer one with everything marked in which they differ. */
export default function ComparePage({ params, searchParams }: Props) {
  return answered(async () => {
    const { storyId } = await params
    const { from = 'live', to = 'draft' } = await searchParams
    const asked = new URLSearchParams({ from: String(from), to: String(to) }).toString()
    const here = `${routes.admin.desk}/stories/${encodeURIComponent(storyId)}/versions/compare?${asked}`
    const actor = await requireActor(here)
    const [id, one, other] = [askedId(storyId), askedVersion(String(from)), askedVersion(String(to))]
    if (id === null || one === null || other === null) return <NotHere />
    const compared = await findCompared(actor, { storyId: id, from: one, to: other })
    const listed = await findVersions(actor, id, null)
    if (compared === null || listed === null) return <NotHere />
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
        <VersionChoice {...{ story, older, newer }} versions={listed.versions} timeZone={env.timeZone} />
        <RestoreVersions {...{ story, older, newer, same }} action={restoreVersion} />
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
