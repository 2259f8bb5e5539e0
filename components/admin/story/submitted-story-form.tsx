import { blankCopy } from '@/domain/copy/copy'
import type { Section } from '@/domain/section/section'
import { initialProgress } from '@/domain/stage'
import type { NeverLive } from '@/domain/story/story'
import type { FormAction } from '@/lib/form-state'
import { FormErrorPage, type FormErrorReason } from '../layout/error-pages'
import { StoryForm } from './story-form'

type Props = { reason: FormErrorReason; storyId: number; sections: Section[]; save: FormAction; publish: FormAction }

/** The story form as it was submitted, without the story. */
export function SubmittedStoryForm({ reason, storyId, sections, ...actions }: Props) {
  return (
    <FormErrorPage reason={reason}>
      <StoryForm story={blankStory(storyId)} sections={sections} submittedOnly {...actions} />
    </FormErrorPage>
  )
}

function blankStory(id: number): NeverLive {
  // No draft has version 0, so this blank draft cannot be saved over a story.
  const draft = { ...blankCopy(), version: 0, savedAt: new Date(0), savedByName: '', keptAsRevisionId: null }
  return { id, ownerId: null, stage: 'draft', draft, progress: initialProgress, embargo: null }
}
