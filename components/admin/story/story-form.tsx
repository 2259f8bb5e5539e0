import type { Correction } from '@/domain/correction/correction'
import { joinNames } from '@/domain/copy/name'
import type { Section } from '@/domain/section/section'
import { correctionIdsIn } from '@/domain/body/body'
import type { Copy } from '@/domain/copy/copy-fields'
import { slugFor } from '@/domain/form/slug'
import { scheduleOf, withdrawalOf, type Story } from '@/domain/story/story'
import type { FormAction } from '@/lib/form-state'
import { routes } from '@/lib/routes'
import { ActionForm } from '../../ui/form/action-form.client'
import { FormMessage } from '../../ui/form/form-message.client'
import { BodyEditor } from '../body/body-editor.client'
import { ChoiceField, Field, TextAreaField } from '../../ui/form/field.client'
import { HeadlineField } from './headline-field.client'
import { NamesField } from './names-field.client'
import { sectionChoices } from '../taxonomy/section-choices'
import { SaveBar } from './save-bar.client'
import { SaveShortcut } from '../../ui/form/save-shortcut.client'
import { CorrectionNotesProvider } from '../body/correction-notes.client'
import { Submit, SecondarySubmit } from '../../ui/form/submit.client'
import { SharedFields } from '../collaboration/fields/shared-fields.client'
import { SyncStatusLine } from '../collaboration/session/sync-status.client'

export type NameSuggestions = { authors: readonly string[]; topics: readonly string[] }

const noSuggestions: NameSuggestions = { authors: [], topics: [] }

type Props = {
  story: Story
  sections: Section[]
  /** What readers were told of it afterwards: each note can be given a place in the body. */
  notes?: Correction[]
  save: FormAction
  /** Names that are offered. */
  suggestions?: NameSuggestions
  /** Absent for those who may not publish. */
  publish: FormAction | null
  /** Shows what was typed and nothing of the story. */
  submittedOnly?: boolean
}

/** Everything that is written in a story. Saving keeps it; publishing makes exactly what is on the screen what readers see. */
export function StoryForm({
  story,
  sections,
  notes = [],
  suggestions = noSuggestions,
  save,
  publish,
  submittedOnly = false,
}: Props) {
  const { draft } = story
  return (
    <ActionForm
      id="story"
      label="Story"
      className="story-form stack"
      action={save}
      secondAction={publish ?? undefined}
      permalink={`${routes.admin.story(story.id)}#story`}
      seen={{ seenVersion: String(draft.version) }}
      shared
      rendersMessage
    >
      <input type="hidden" name="storyId" value={story.id} />
      {/* Not among `seen`, which stays as the page was opened: these go with what the button says now. */}
      <input type="hidden" name="seenWithdrawal" value={withdrawalOf(story)} />
      <input type="hidden" name="seenSchedule" value={scheduleOf(story)} />
      <SaveShortcut formId="story" />
      <SharedFields />
      <Field name="kicker" label="Kicker" value={draft.kicker ?? ''} hint="The word or two above the headline." />
      <HeadlineField value={draft.headline} />
      <TextAreaField
        name="standfirst"
        label="Standfirst"
        value={draft.standfirst ?? ''}
        hint="The sentence or two between headline and body."
      />
      {!submittedOnly && <BodyWithoutScript body={draft.body} />}
      <CorrectionNotesProvider notes={notes}>
        <BodyEditor name="body" label="Body" value={draft.body === null ? '' : JSON.stringify(draft.body)} />
      </CorrectionNotesProvider>
      <div className="side-by-side">
        <ChoiceField
          name="sectionId"
          conflictName="section"
          label="Section"
          value={draft.sectionId === null ? '' : String(draft.sectionId)}
          choices={sectionChoices(sections)}
        />
        <Field name="dateline" label="Dateline" value={draft.dateline ?? ''} hint="Where it was written." />
      </div>
      <NamesFields draft={draft} suggestions={suggestions} />
      <AddressField story={story} sections={sections} />
      <SaveBar>
        <FormMessage />
        <SyncStatusLine storyId={story.id} />
        <div className="actions">
          <Submit variant="">Save draft</Submit>
          {publish && <SecondarySubmit>{publishLabels[story.stage]}</SecondarySubmit>}
          <a className="button quiet" href={routes.admin.preview(story.id)} target="_blank">
            Preview<span className="visually-hidden"> what was last saved, in a new tab</span>
          </a>
        </div>
      </SaveBar>
    </ActionForm>
  )
}

/** Who wrote it and what it is about. Whoever is not known yet is known once this is saved. */
function NamesFields({ draft, suggestions }: { draft: Copy; suggestions: NameSuggestions }) {
  return (
    <>
      <NamesField
        name="authors"
        label="Authors"
        value={joinNames(draft.authors)}
        suggestions={suggestions.authors}
        hint="In the order of the byline, with commas between them. Empty: no byline."
      />
      <NamesField
        name="topics"
        label="Topics"
        value={joinNames(draft.topics)}
        suggestions={suggestions.topics}
        hint="What it is about beside its section, with commas between them."
      />
    </>
  )
}

const publishLabels: Record<Story['stage'], string> = {
  draft: 'Publish',
  scheduled: 'Publish now',
  live: 'Publish changes',
  withdrawn: 'Publish again',
}

/** The words of the address. They follow the headline until readers know them; from then on they stay unless somebody changes them. */
function AddressField({ story, sections }: { story: Story; sections: Section[] }) {
  const { draft } = story
  const follows = story.stage === 'draft' && draft.slug === slugFor('', draft.headline)
  const section = sections.find(({ id }) => id === draft.sectionId)
  const address = section ? routes.story({ id: story.id, slug: draft.slug, section }) : null
  return (
    <Field
      name="slug"
      conflictName="address"
      emptyLabel={slugFor('', draft.headline)}
      label="Words of the address"
      value={follows ? '' : draft.slug}
      autoComplete="off"
      hint={
        <>
          {address ? (
            <>
              As saved, the address is <span className="address">{address}</span>.
            </>
          ) : (
            'The address begins with a section: choose one.'
          )}{' '}
          Leave this empty to follow the headline. Former addresses go on leading here.
        </>
      }
    />
  )
}

/** Writing the body needs script; without it the body is shown below, and sent as it is. */
function BodyWithoutScript({ body }: { body: Copy['body'] }) {
  return (
    <noscript>
      <p className="panel hint">
        Changing the body needs JavaScript, which is off in this browser. Everything else can be changed and saved; the
        body stays as it is here{correctionIdsIn(body).length > 0 && ', and its correction notes keep their places'}.
        {body === null && ' There is no body yet.'}
      </p>
    </noscript>
  )
}
