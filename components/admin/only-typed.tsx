import type { Section } from '@/domain/section/section'
import type { NeverLive } from '@/domain/story/story'
import type { FormAction } from '@/lib/form-state'
import { NewHeadline } from './new-headline'
import { StoryForm } from './story-form'
import { Title } from './title'

/** Why a form comes back with nothing but its writer's own words: it was sent without script, and there is nobody or nothing to show the rest for. */
type Why = 'signed out' | 'database away'

type Props = { why: Why; sections?: Section[]; save: FormAction; publish: FormAction }

/** The story form as it was sent: the words in it, and nothing of the story itself. */
export function StoryAsTyped({ why, storyId, sections = [], ...actions }: Props & { storyId: number }) {
  return (
    <main id="main" className="page narrow" tabIndex={-1}>
      <Because why={why} />
      <StoryForm story={blank(storyId)} sections={sections} onlyTyped {...actions} />
    </main>
  )
}

/** The one-line form of the desk, likewise. */
export function HeadlineAsTyped({ why, at, sections = [], ...actions }: Props & { at: string }) {
  return (
    <main id="main" className="page narrow" tabIndex={-1}>
      <Because why={why} />
      <NewHeadline sectionId={null} at={at} sections={sections} {...actions} />
    </main>
  )
}

function Because({ why }: { why: Why }) {
  const [heading, status] =
    why === 'signed out' ? ['You were signed out', '403'] : ['The newsroom is temporarily unavailable', '503']
  return (
    <>
      <Title>{heading}</Title>
      <meta name="page-status" content={status} />
      <h1>{heading}</h1>
    </>
  )
}

function blank(id: number): NeverLive {
  const words = { headline: '', kicker: null, standfirst: null, dateline: null, sectionId: null, slug: '', body: null }
  const draft = { ...words, version: 1, savedAt: new Date(0), savedByName: '', keptAsRevisionId: null }
  return { id, ownerId: null, stage: 'draft', draft }
}
