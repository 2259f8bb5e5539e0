import type { ReactNode } from 'react'
import type { Section } from '@/domain/section/section'
import type { NeverLive } from '@/domain/story/story'
import type { FormAction } from '@/lib/form-state'
import { NewHeadline } from './new-headline'
import { StoryForm } from './story-form'
import { Title } from './title'

type Props = { sections: Section[]; save: FormAction; publish: FormAction }

/** The story form as somebody sent it who was signed out meanwhile: their own words, and nothing of the story itself. */
export function StoryWhileSignedOut({ storyId, ...form }: Props & { storyId: number }) {
  return (
    <SignedOut>
      <StoryForm story={blank(storyId)} whileSignedOut {...form} />
    </SignedOut>
  )
}

/** The one-line form of the desk, likewise. */
export function HeadlineWhileSignedOut({ at, ...form }: Props & { at: string }) {
  return (
    <SignedOut>
      <NewHeadline sectionId={null} at={at} {...form} />
    </SignedOut>
  )
}

function SignedOut({ children }: { children: ReactNode }) {
  return (
    <main id="main" className="page narrow" tabIndex={-1}>
      <Title>You were signed out</Title>
      <meta name="page-status" content="403" />
      <h1>You were signed out</h1>
      {children}
    </main>
  )
}

function blank(id: number): NeverLive {
  const words = { headline: '', kicker: null, standfirst: null, dateline: null, sectionId: null, slug: '', body: null }
  const draft = { ...words, version: 1, savedAt: new Date(0), savedByName: '', keptAsRevisionId: null }
  return { id, ownerId: null, stage: 'draft', draft }
}
