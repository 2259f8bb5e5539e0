import { CorrectStory } from '@/components/admin/story/correct-story'
import { KeptNotes } from '@/components/admin/story/kept-notes'
import { NotHere } from '@/components/admin/not-here'
import { Title } from '@/components/admin/title'
import { findCorrections } from '@/domain/correction/finding'
import { env } from '@/lib/env'
import { routes } from '@/lib/routes'
import { requireActor } from '@/lib/session'
import { answered } from '../../../answered'
import { askedId } from '../../../asked-id'
import { correct, reword } from './actions'

type Props = { params: Promise<{ storyId: string }> }

/** Tells readers of a live story what was wrong with it, and puts right what was told. */
export default function CorrectPage({ params }: Props) {
  return answered(async () => {
    const { storyId } = await params
    const actor = await requireActor(`${routes.admin.desk}/stories/${encodeURIComponent(storyId)}/correct`)
    const id = askedId(storyId)
    const found = id === null ? null : await findCorrections(actor, id)
    if (found === null) return <NotHere />
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
        <KeptNotes {...{ story, corrections }} timeZone={env.timeZone} action={reword} />
      </main>
    )
  })
}
