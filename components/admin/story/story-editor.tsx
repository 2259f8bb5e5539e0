import type { Correction } from '@/domain/correction/correction'
import type { Arrangement } from '@/domain/front-page/front-page'
import type { Section } from '@/domain/section/section'
import type { Assignee } from '@/domain/stage'
import type { Copy } from '@/domain/copy/copy-fields'
import type { KnownOfFlaws } from '@/domain/copy/flaws'
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
import { Checklist } from './checklist'
import { StoryStatus } from './story-status'
import { Submit } from '../../ui/form/submit.client'
import { Page } from '../layout/page'
import { Unpublish } from '../schedule/unpublish'
import { UnpublishedChanges } from './unpublished-changes'
import { Withdraw } from './withdraw'
import { StorySessionProvider } from '../collaboration/session/session-provider.client'

type Props = {
  story: Story
  /** The current user: local copies are stored by user. */
  userId: number
  /** Encrypts their text on their devices. */
  deviceKey: string
  /** What readers see; null if the story was never live. */
  liveCopy: Copy | null
  /** Its corrections. */
  notes: Correction[]
  /** The number of the scheduled revision. */
  dueNumber: number | null
  sections: Section[]
  /** Broken internal links of the draft, and what was said to be no flaw. */
  flaws: KnownOfFlaws
  timeZone: string
  frontPage: Arrangement | null
  /** Known authors and topics. */
  suggestions: NameSuggestions
  save: FormAction
  mayCorrect: boolean
  /** Actions; null without the permission. */
  publish: FormAction | null
  publishHeadline: FormAction | null
  accept: FormAction | null
  withdraw: FormAction | null
  lead: FormAction | null
  progress: ProgressActions
  /** Possible assignees. */
  people: Assignee[]
  /** For a reporter who may publish without an editor; `editorNames`: recently active editors. */
  alone: { action: FormAction; editorNames: string[] } | null
  scheduling: Record<'schedule' | 'cancel' | 'scheduleChanges' | 'cancelChanges', FormAction> | null
  ending: { schedule: FormAction; cancel: FormAction } | null
  embargo: { set: FormAction; lift: FormAction | null }
}

/** The editing page of a story: its form, its stage, and its actions. */
export function StoryEditor({
  story,
  userId,
  deviceKey,
  liveCopy,
  notes,
  dueNumber,
  sections,
  flaws,
  timeZone,
  frontPage,
  suggestions,
  save,
  ...rights
}: Props) {
  const {
    mayCorrect,
    publish,
    publishHeadline,
    accept,
    withdraw,
    lead,
    scheduling,
    ending,
    embargo,
    progress,
    people,
    alone,
  } = rights
  return (
    <Page
      title={story.draft.headline || 'Without a headline'}
      heading={`Edit “${story.draft.headline}”`}
      headingClass="visually-hidden"
      wide
    >
      <StorySessionProvider key={userId} storyId={story.id} userId={userId} deviceKey={deviceKey}>
        <SentBack story={story} timeZone={timeZone} />
        <div className="two">
          <StoryForm {...{ story, sections, suggestions, notes, save, publish }} />
          <section className="stack" aria-label="About this story">
            <StoryStatus story={story} timeZone={timeZone} />
            <Checklist {...{ story, flaws, accept, timeZone }} />
            <StoryProgress {...{ story, userId, people, timeZone }} actions={progress} />
            <UnpublishedChanges {...{ story, liveCopy, publishHeadline }} />
            <StoryLinks story={story} sections={sections} mayCorrect={mayCorrect} />
            {lead && story.stage === 'live' && <LeadButton story={story} frontPage={frontPage} action={lead} />}
            {alone && <PublishAlone {...{ story, ...alone }} isAvailable={hasMoreForReaders(story)} />}
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
    </Page>
  )
}

/** The draft has changes that can be published. */
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

/** Makes the story the lead. Once it is, the form shows its result only. */
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
