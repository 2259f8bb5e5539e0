import type { Correction } from '@/domain/correction/correction'
import { inOneLine } from '@/domain/name/name'
import type { Section } from '@/domain/section/section'
import { correctionsPlaced } from '@/domain/body/body'
import { scheduleOf, slugFor, withdrawalOf, type Copy, type Story } from '@/domain/story/story'
import type { FormAction } from '@/lib/form-state'
import { routes } from '@/lib/routes'
import { ActionForm } from '../form/action-form.client'
import { Answer } from '../form/answer.client'
import { BodyEditor } from '../body/body-editor.client'
import { ChoiceField, Field, WordsField } from '../form/field.client'
import { HeadlineField } from './headline-field.client'
import { NamesField } from './names-field.client'
import { sectionChoices } from '../desk/new-headline'
import { SaveBar } from './save-bar.client'
import { SaveShortcut } from '../form/save-shortcut.client'
import { StoryNotes } from '../body/story-notes.client'
import { Submit, SubmitSecond } from '../form/submit.client'
import { SharedFields } from '../writing/shared-fields.client'
import { WritingState } from '../writing/writing-state.client'

export type KnownNames = { authors: readonly string[]; topics: readonly string[] }

const nobodyKnown: KnownNames = { authors: [], topics: [] }

type Props = {
  story: Story
  sections: Section[]
  /** What readers were told of it afterwards: each note can be given a place in the body. */
  notes?: Correction[]
  save: FormAction
  /** Names that are offered. */
  known?: KnownNames
  /** Absent for those who may not publish. */
  publish: FormAction | null
  /** Shows what was typed and nothing of the story. */
  onlyTyped?: boolean
}

/** Everything that is written in a story. Saving keeps it; publishing makes exactly what is on the screen what readers see. */
export function StoryForm({
  story,
  sections,
  notes = [],
  known = nobodyKnown,
  save,
  publish,
  onlyTyped = false,
}: Props) {
  const { draft } = story
  return (
    <ActionForm
      id="story"
      label="Story"
      className="story-form stack"
      action={save}
      second={publish ?? undefined}
      at={`${routes.admin.story(story.id)}#story`}
      seen={{ seenVersion: String(draft.version) }}
      shared
      placesAnswer
    >
      <input type="hidden" name="storyId" value={story.id} />
      {/* Not among `seen`, which stays as the page was opened: these go with what the button says now. */}
      <input type="hidden" name="seenWithdrawal" value={withdrawalOf(story)} />
      <input type="hidden" name="seenSchedule" value={scheduleOf(story)} />
      <SaveShortcut formId="story" />
      <SharedFields />
      <Field name="kicker" label="Kicker" value={draft.kicker ?? ''} hint="The word or two above the headline." />
      <HeadlineField value={draft.headline} />
      <WordsField
        name="standfirst"
        label="Standfirst"
        value={draft.standfirst ?? ''}
        hint="The sentence or two between headline and body."
      />
      {!onlyTyped && <BodyWithoutScript body={draft.body} />}
      <StoryNotes notes={notes}>
        <BodyEditor name="body" label="Body" value={draft.body === null ? '' : JSON.stringify(draft.body)} />
      </StoryNotes>
      <div className="side-by-side">
        <ChoiceField
          name="sectionId"
          theirsAs="section"
          label="Section"
          value={draft.sectionId === null ? '' : String(draft.sectionId)}
          choices={sectionChoices(sections)}
        />
        <Field name="dateline" label="Dateline" value={draft.dateline ?? ''} hint="Where it was written." />
      </div>
      <NamesFields draft={draft} known={known} />
      <AddressField story={story} sections={sections} />
      <SaveBar>
        <Answer />
        <WritingState storyId={story.id} />
        <div className="actions">
          <Submit look="">Save draft</Submit>
          {publish && <SubmitSecond>{publishWords[story.stage]}</SubmitSecond>}
          <a className="button quiet" href={routes.admin.preview(story.id)} target="_blank">
            Preview<span className="visually-hidden"> what was last saved, in a new tab</span>
          </a>
        </div>
      </SaveBar>
    </ActionForm>
  )
}

/** Who wrote it and what it is about. Whoever is not known yet is known once this is saved. */
function NamesFields({ draft, known }: { draft: Copy; known: KnownNames }) {
  return (
    <>
      <NamesField
        name="authors"
        label="Authors"
        value={inOneLine(draft.authors)}
        known={known.authors}
        hint="In the order of the byline, with commas between them. Empty: no byline."
      />
      <NamesField
        name="topics"
        label="Topics"
        value={inOneLine(draft.topics)}
        known={known.topics}
        hint="What it is about beside its section, with commas between them."
      />
    </>
  )
}

const publishWords: Record<Story['stage'], string> = {
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
      theirsAs="address"
      emptyMeans={slugFor('', draft.headline)}
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
        body stays as it is here{correctionsPlaced(body).length > 0 && ', and its correction notes keep their places'}.
        {body === null && ' There is no body yet.'}
      </p>
    </noscript>
  )
}
