import { StoryPage } from '@/components/admin/layout/page'
import { ComparedBody } from '@/components/admin/revision/compared-body'
import { ComparedFields } from '@/components/admin/revision/compared-fields'
import { RestoreRevision } from '@/components/admin/revision/restore-revision'
import { RevisionChoice } from '@/components/admin/revision/revision-select'
import { findNotes } from '@/domain/correction/queries'
import { compareCopies } from '@/domain/revision/comparison'
import { findCompared, findRevisions } from '@/domain/story/queries'
import { parseCopyRef } from '@/domain/revision/revision'
import { env } from '@/lib/env'
import { routes } from '@/lib/routes'
import type { SearchParams } from '../../../../params'
import { renderStoryPage, type StoryParams } from '../../../../render-page'
import { restoreBlock, restoreVersion } from './actions'

type Props = { params: StoryParams; searchParams: SearchParams }

/** Two revisions of one story, with the differences marked in the newer one. */
export default async function ComparePage({ params, searchParams }: Props) {
  const { from = 'live', to = 'draft' } = await searchParams
  const query = new URLSearchParams({ from: String(from), to: String(to) }).toString()
  return renderStoryPage(params, `versions/compare?${query}`, async (actor, storyId) => {
    const [fromRef, toRef] = [parseCopyRef(String(from)), parseCopyRef(String(to))]
    if (fromRef === null || toRef === null) return null
    const compared = await findCompared(actor, { storyId, from: fromRef, to: toRef })
    const listed = await findRevisions(actor, storyId, null)
    if (compared === null || listed === null) return null
    const { story, older, newer } = compared
    const { same, fields, blocks } = compareCopies(older.copy, newer.copy)
    const notes = await findNotes(story)
    const allVersions = <a href={routes.admin.versions(storyId)}>All versions</a>
    return (
      <StoryPage story={story} titlePrefix="Compare versions of" heading="Compare versions" link={allVersions} wide>
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
      </StoryPage>
    )
  })
}
