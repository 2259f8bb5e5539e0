import { DiscardChanges } from '@/components/admin/story/discard-changes'
import { NotFound } from '@/components/admin/layout/not-found'
import { Title } from '@/components/admin/layout/title'
import { findStory } from '@/domain/desk/queries'
import { can } from '@/domain/user/permission'
import { env } from '@/lib/env'
import { routes } from '@/lib/routes'
import { requireActor } from '@/lib/session'
import { renderPage } from '../../../render-page'
import { parseId } from '../../../id-param'
import { discard } from './actions'

type Props = { params: Promise<{ storyId: string }> }

/** Asks, before it is done, whether the changes of a draft should go. */
export default function DiscardPage({ params }: Props) {
  return renderPage(async () => {
    const { storyId } = await params
    const actor = await requireActor(`${routes.admin.desk}/stories/${encodeURIComponent(storyId)}/discard`)
    const id = parseId(storyId)
    const found = id === null ? null : await findStory(actor, id)
    if (found === null || !can(actor, 'story.edit', found.story)) return <NotFound />
    const { story, liveCopy } = found
    return (
      <main id="main" className="page narrow" tabIndex={-1}>
        <Title>{`Discard changes to ${story.draft.headline}`}</Title>
        <h1>Discard changes?</h1>
        <p>
          <a className="headline-text" href={routes.admin.story(story.id)}>
            {story.draft.headline || 'Without a headline'}
          </a>
        </p>
        <DiscardChanges {...{ story, liveCopy }} timeZone={env.timeZone} action={discard} />
      </main>
    )
  })
}
