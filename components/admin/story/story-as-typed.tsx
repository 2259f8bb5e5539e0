import type { Section } from '@/domain/section/section'
import { unmoved } from '@/domain/step/step'
import type { NeverLive } from '@/domain/story/story'
import type { FormAction } from '@/lib/form-state'
import { Because, type Why } from '../form/because'
import { StoryForm } from './story-form'

type Props = { why: Why; storyId: number; sections: Section[]; save: FormAction; publish: FormAction }

/** The story form as it was sent: the words in it, and nothing of the story itself. */
export function StoryAsTyped({ why, storyId, sections, ...actions }: Props) {
  return (
    <main id="main" className="page narrow" tabIndex={-1}>
      <Because why={why} />
      <StoryForm story={blank(storyId)} sections={sections} onlyTyped {...actions} />
    </main>
  )
}

const noNames = { authors: [], topics: [] }

function blank(id: number): NeverLive {
  const words = {
    headline: '',
    kicker: null,
    standfirst: null,
    dateline: null,
    sectionId: null,
    slug: '',
    body: null,
    ...noNames,
  }
  // No draft has the version 0: where nothing was typed, this emptiness cannot be saved over a story.
  const draft = { ...words, version: 0, savedAt: new Date(0), savedByName: '', keptAsRevisionId: null }
  return { id, ownerId: null, stage: 'draft', draft, progress: unmoved, embargo: null }
}
