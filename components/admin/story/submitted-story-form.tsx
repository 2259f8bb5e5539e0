import { blankCopy } from '@/domain/copy/copy'
import type { Section } from '@/domain/section/section'
import { initialProgress } from '@/domain/stage'
import type { NeverLive } from '@/domain/story/story'
import type { FormAction } from '@/lib/form-state'
import { FormErrorHeading, type FormErrorReason } from '../layout/form-error-heading'
import { StoryForm } from './story-form'

type Props = { why: FormErrorReason; storyId: number; sections: Section[]; save: FormAction; publish: FormAction }

/** The story form as it was sent: the words in it, and nothing of the story itself. */
export function SubmittedStoryForm({ why, storyId, sections, ...actions }: Props) {
  return (
    <main id="main" className="page narrow" tabIndex={-1}>
      <FormErrorHeading why={why} />
      <StoryForm story={blankStory(storyId)} sections={sections} submittedOnly {...actions} />
    </main>
  )
}

function blankStory(id: number): NeverLive {
  // No draft has the version 0: where nothing was typed, this emptiness cannot be saved over a story.
  const draft = { ...blankCopy(), version: 0, savedAt: new Date(0), savedByName: '', keptAsRevisionId: null }
  return { id, ownerId: null, stage: 'draft', draft, progress: initialProgress, embargo: null }
}
