import type { ReactNode } from 'react'
import type { Correction } from '@/domain/correction/correction'
import { joinNames } from '@/domain/copy/name'
import type { Section } from '@/domain/section/section'
import { correctionIdsIn } from '@/domain/body/body'
import { copyFields, type Copy, type CopyField, type FieldOf, type TextField } from '@/domain/copy/copy-fields'
import { slugFor } from '@/domain/form/slug'
import { useAsForm } from '@/domain/picture/use'
import { scheduleOf, withdrawalOf, type Story } from '@/domain/story/story'
import type { FormAction } from '@/lib/form-state'
import { routes } from '@/lib/routes'
import { ActionForm } from '../../ui/form/action-form.client'
import { FormMessage } from '../../ui/form/form-message.client'
import { BodyEditor } from '../collaboration/editor/body-editor.client'
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
  /** The story's corrections, which can be placed in the body. */
  notes?: Correction[]
  save: FormAction
  suggestions?: NameSuggestions
  /** Null without the permission to publish. */
  publish: FormAction | null
  /** Shows the submitted values and nothing of the story. */
  submittedOnly?: boolean
}

/** The form of a story. Publishing saves the fields and makes exactly that live. */
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
  const inputs = inputsFor(story, sections, suggestions)
  return (
    <ActionForm
      id="story"
      label="Story"
      className="stack"
      action={save}
      secondAction={publish ?? undefined}
      permalink={`${routes.admin.story(story.id)}#story`}
      seen={{ seenVersion: String(draft.version) }}
      shared
      rendersMessage
    >
      <input type="hidden" name="storyId" value={story.id} />
      {/* Not in `seen`: these belong to the labels of the buttons, which change with the page. */}
      <input type="hidden" name="seenWithdrawal" value={withdrawalOf(story)} />
      <input type="hidden" name="seenSchedule" value={scheduleOf(story)} />
      <SaveShortcut formId="story" />
      <SharedFields />
      {inputs.kicker}
      {inputs.headline}
      {inputs.standfirst}
      {/* Until pictures can be chosen here, only a story that has one shows it. */}
      <details {...(draft.picture === null ? { hidden: true } : { className: 'stack tight' })}>
        <summary>Picture</summary>
        {inputs.picture}
        {inputs.caption}
        {inputs.alt}
      </details>
      {!submittedOnly && <BodyWithoutScript body={draft.body} />}
      <CorrectionNotesProvider notes={notes}>{inputs.body}</CorrectionNotesProvider>
      <div className="side-by-side">
        {inputs.sectionId}
        {inputs.dateline}
      </div>
      {inputs.authors}
      {inputs.topics}
      {inputs.slug}
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

/** One input for each field of a story. */
function inputsFor(story: Story, sections: Section[], suggestions: NameSuggestions): Record<CopyField, ReactNode> {
  const { draft } = story
  const text = (name: TextField) => ({ name, label: copyFields[name].label, value: draft[name] ?? '' })
  const names = (name: FieldOf<'names'>) => ({
    name,
    label: copyFields[name].label,
    value: joinNames(draft[name]),
    suggestions: suggestions[name],
  })
  return {
    headline: <HeadlineField {...text('headline')} />,
    kicker: <Field {...text('kicker')} hint="The word or two above the headline." />,
    standfirst: <TextAreaField {...text('standfirst')} hint="The sentence or two between headline and body." />,
    dateline: <Field {...text('dateline')} hint="Where it was written." />,
    sectionId: (
      <ChoiceField
        name="sectionId"
        conflictName={copyFields.sectionId.name}
        label={copyFields.sectionId.label}
        value={draft.sectionId === null ? '' : String(draft.sectionId)}
        choices={sectionChoices(sections)}
      />
    ),
    slug: <SlugField story={story} sections={sections} />,
    authors: (
      <NamesField
        {...names('authors')}
        hint="In the order of the byline, with commas between them. Empty: no byline."
      />
    ),
    topics: <NamesField {...names('topics')} hint="What it is about beside its section, with commas between them." />,
    picture: <input type="hidden" name="picture" defaultValue={useAsForm(draft.picture)} />,
    caption: <TextAreaField {...text('caption')} hint="Empty: as the library has it." />,
    alt: (
      <Field
        {...text('alt')}
        conflictName={copyFields.alt.name}
        hint="For readers who do not see the picture. Empty: as the library has it."
      />
    ),
    body: (
      <BodyEditor
        name="body"
        label={copyFields.body.label}
        value={draft.body === null ? '' : JSON.stringify(draft.body)}
      />
    ),
  }
}

const publishLabels: Record<Story['stage'], string> = {
  draft: 'Publish',
  scheduled: 'Publish now',
  live: 'Publish changes',
  withdrawn: 'Publish again',
}

/** The slug follows the headline until the story is published; then it stays unless somebody changes it. */
function SlugField({ story, sections }: { story: Story; sections: Section[] }) {
  const { draft } = story
  const follows = story.stage === 'draft' && draft.slug === slugFor('', draft.headline)
  const section = sections.find(({ id }) => id === draft.sectionId)
  const address = section ? routes.story({ id: story.id, slug: draft.slug, section }) : null
  return (
    <Field
      name="slug"
      conflictName={copyFields.slug.name}
      emptyLabel={slugFor('', draft.headline)}
      label={copyFields.slug.label}
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

/** Without script the body is rendered below and submitted unchanged. */
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
