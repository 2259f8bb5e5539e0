import { CorrectStory } from '@/components/admin/story/correct-story'
import { CorrectionNotes } from '@/components/admin/story/correction-notes'
import { NotFound } from '@/components/admin/layout/not-found'
import { Title } from '@/components/admin/layout/title'
import { findCorrections } from '@/domain/correction/queries'
import { env } from '@/lib/env'
import { routes } from '@/lib/routes'
import { requireActor } from '@/lib/session'
import { renderPage } from '../../../render-page'
import { parseId } from '../../../id-param'
import { correct, reword } from './actions'

type Props = { params: Promise<{ storyId: string }> }

/** Tells readers of a live story what was wrong with it, and puts right what was told. */
export default function CorrectPage({ params }: Props) {
  return renderPage(async () => {
    const { storyId } = await params
    const actor = await requireActor(`${routes.admin.desk}/stories/${encodeURIComponent(storyId)}/correct`)
    const id = parseId(storyId)
    const found = id === null ? null : await findCorrections(actor, id)
    if (found === null) return <NotFound />
    const { story, liveCopy, corrections } = found
    return (
      <main id="main" className="page narrow" tabIndex={-1}>
        <Title>{`Correct ${story.draft.headline}`}</Title>
        <h1>Correct this story</h1>
        <p>
          <a className="headline-text" href={routes.admin.story(story.id)}>
            {liveCopy?.headline || story.draft.headline || 'Without a headline'}
          </a>
        </p>
        <CorrectStory {...{ story, liveCopy }} seenNote={corrections.at(-1)?.id ?? 0} action={correct} />
        <CorrectionNotes {...{ story, corrections }} timeZone={env.timeZone} action={reword} />
      </main>
    )
  })
}
