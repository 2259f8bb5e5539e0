import type { Correction } from '@/domain/correction/correction'
import type { Arrangement } from '@/domain/front-page/front-page'
import type { Section } from '@/domain/section/section'
import type { Assignee } from '@/domain/stage'
import type { Copy } from '@/domain/copy/copy-fields'
import { hasUnpublishedChanges, type Story } from '@/domain/story/story'
import type { FormAction } from '@/lib/form-state'
import { routes } from '@/lib/routes'
import { ActionForm } from '../../ui/form/action-form.client'
import { CompareLink } from './compare-link'
import { PublishAlone } from './publish-alone'
import { Embargo } from '../schedule/embargo'
import { Schedule } from '../schedule/schedule'
import { ScheduleChanges } from '../schedule/schedule-changes'
import { StoryForm, type NameSuggestions } from './story-form'
import { SentBack, StoryProgress, type ProgressActions } from './story-progress'
import { Checklist, StoryStatus } from './story-status'
import { Submit } from '../../ui/form/submit.client'
import { Title } from '../layout/page'
import { Unpublish } from '../schedule/unpublish'
import { UnpublishedChanges } from './unpublished-changes'
import { Withdraw } from './withdraw'
import { StorySessionProvider } from '../collaboration/session/session-provider.client'

type Props = {
  story: Story
  /** Who looks at it: what they write is kept on their device under their own name. */
  userId: number
  /** What readers are told; null when they never were. */
  liveCopy: Copy | null
  /** What they were told of it afterwards. */
  notes: Correction[]
  /** The version that is scheduled to take the place of what readers see, by its number. */
  dueNumber: number | null
  sections: Section[]
  /** Addresses of our own in the draft that lead nowhere. */
  deadLinks: ReadonlySet<string>
  timeZone: string
  frontPage: Arrangement | null
  /** Names that are offered. */
  suggestions: NameSuggestions
  save: FormAction
  mayCorrect: boolean
  /** Each null for those who may not. */
  publish: FormAction | null
  publishHeadline: FormAction | null
  withdraw: FormAction | null
  lead: FormAction | null
  progress: ProgressActions
  /** Everybody a story can be assigned to, for those who may. */
  people: Assignee[]
  /** For a reporter who may publish without an editor; `editorsThere`: who has just been in the newsroom. */
  alone: { action: FormAction; editorsThere: string[] } | null
  scheduling: Record<'schedule' | 'cancel' | 'scheduleChanges' | 'cancelChanges', FormAction> | null
  ending: { schedule: FormAction; cancel: FormAction } | null
  embargo: { set: FormAction; lift: FormAction | null }
}

/** A story for those who write it: the form, and beside it where the story stands. */
export function StoryEditor({
  story,
  userId,
  liveCopy,
  notes,
  dueNumber,
  sections,
  deadLinks,
  timeZone,
  frontPage,
  suggestions,
  save,
  ...rights
}: Props) {
  const { mayCorrect, publish, publishHeadline, withdraw, lead, scheduling, ending, embargo, progress, people, alone } =
    rights
  return (
    <main id="main" className="page" tabIndex={-1}>
      <Title>{story.draft.headline || 'Without a headline'}</Title>
      <h1 className="visually-hidden">Edit “{story.draft.headline}”</h1>
      <StorySessionProvider key={userId} storyId={story.id} userId={userId}>
        <SentBack story={story} timeZone={timeZone} />
        <div className="two">
          <StoryForm {...{ story, sections, suggestions, notes, save, publish }} />
          <section className="stack" aria-label="About this story">
            <StoryStatus story={story} timeZone={timeZone} />
            <Checklist story={story} deadLinks={deadLinks} />
            <StoryProgress {...{ story, userId, people, timeZone }} actions={progress} />
            <UnpublishedChanges {...{ story, liveCopy, publishHeadline }} />
            <StoryLinks story={story} sections={sections} mayCorrect={mayCorrect} />
            {lead && story.stage === 'live' && <LeadButton story={story} frontPage={frontPage} action={lead} />}
            {alone && <PublishAlone {...{ story, ...alone }} isOffered={hasMoreForReaders(story)} />}
            {scheduling && (
              <>
                <Schedule story={story} timeZone={timeZone} schedule={scheduling.schedule} cancel={scheduling.cancel} />
                <ScheduleChanges
                  {...{ story, dueNumber, timeZone }}
                  schedule={scheduling.scheduleChanges}
                  cancel={scheduling.cancelChanges}
                />
              </>
            )}
            {ending && <Unpublish story={story} timeZone={timeZone} {...ending} />}
            <Embargo story={story} timeZone={timeZone} {...embargo} />
            {withdraw && <Withdraw story={story} action={withdraw} />}
          </section>
        </div>
      </StorySessionProvider>
    </main>
  )
}

/** Readers might see more of it than they do. */
const hasMoreForReaders = (story: Story) => story.stage !== 'withdrawn' && hasUnpublishedChanges(story)

type LinksProps = Pick<Props, 'story' | 'sections' | 'mayCorrect'>

function StoryLinks({ story, sections, mayCorrect }: LinksProps) {
  const section = story.stage === 'live' ? sections.find(({ id }) => id === story.sectionId) : undefined
  return (
    <p className="cluster">
      <a href={routes.admin.storyHistory(story.id)}>History</a>
      <a href={routes.admin.versions(story.id)}>Versions</a>
      <a href={routes.admin.previewLinks(story.id)}>Outside eyes</a>
      {mayCorrect && story.stage === 'live' && <a href={routes.admin.correct(story.id)}>Correct…</a>}
      {story.stage !== 'live' && <CompareLink story={story} />}
      {story.stage === 'live' && section && (
        <a href={routes.story({ id: story.id, slug: story.slug, section })}>View on the portal</a>
      )}
    </p>
  )
}

type LeadProps = { story: Story; frontPage: Arrangement | null; action: FormAction }

/** Makes the story lead; once it does, only the answer stands here. */
function LeadButton({ story, frontPage, action }: LeadProps) {
  const leads = frontPage?.leadStoryId === story.id
  return (
    <ActionForm action={action} label="Lead" className="stack tight" resetOnSuccess>
      <input type="hidden" name="seenFrontPage" value={frontPage?.id ?? 0} />
      <input type="hidden" name="storyId" value={story.id} />
      {leads ? (
        <p className="small-print">It was chosen to lead the front page.</p>
      ) : (
        <div>
          <Submit variant="small">Make it the lead story</Submit>
        </div>
      )}
    </ActionForm>
  )
}
