import { CorrectionText } from '@/components/reader/corrections'
import { correctionNames, type StoredCorrection } from '@/domain/correction/correction'
import type { Story } from '@/domain/story/story'
import type { FormAction } from '@/lib/form-state'
import { routes } from '@/lib/routes'
import { ActionForm } from '../../ui/form/action-form.client'
import { kindChoices } from './correct-story'
import { ChoiceField, TextAreaField } from '../../ui/form/field.client'
import { Disclosure } from '../../ui/form/disclosure.client'
import { Timestamp } from '../layout/timestamp'

type Props = { story: Story; corrections: StoredCorrection[]; timeZone: string; action: FormAction }

/** The corrections of a story with their former texts, and a form that rewords each. */
export function CorrectionNotes({ story, corrections, timeZone, action }: Props) {
  if (corrections.length === 0) return null
  return (
    <section className="stack" aria-labelledby="notes">
      <h2 id="notes">Notes so far</h2>
      <ol className="rows" aria-label="Notes of this story">
        {corrections.map((correction) => (
          <li key={correction.id} className="stack tight">
            <p className="facts small-print">
              <b>{correctionNames[correction.kind].label}</b>
              <span>
                <Timestamp at={correction.publishedAt} timeZone={timeZone} />
              </span>
              <span>
                <bdi>{correction.publishedByName}</bdi>
              </span>
            </p>
            <CorrectionText words={correction.words} />
            {correction.former.map(({ kind, words, by, at }) => (
              <p key={at.getTime()} className="small-print">
                It said before ({correctionNames[kind].label}, <bdi>{by}</bdi>,{' '}
                <Timestamp at={at} timeZone={timeZone} />
                ): <q dir="auto">{words}</q>
              </p>
            ))}
            <Reword {...{ story, correction, action }} />
          </li>
        ))}
      </ol>
    </section>
  )
}

type RewordProps = { story: Story; correction: StoredCorrection; action: FormAction }

function Reword({ story, correction, action }: RewordProps) {
  const { id, kind, words, newestId } = correction
  const form = `reword-${id}`
  return (
    <ActionForm
      id={form}
      permalink={`${routes.admin.correct(story.id)}#${form}`}
      action={action}
      label={`Words of note ${id}`}
      resetOnSuccess
    >
      <input type="hidden" name="storyId" value={story.id} />
      <input type="hidden" name="correctionId" value={id} />
      <input type="hidden" name="seenWords" value={newestId} />
      <Disclosure when={story.stage === 'live'} summary="Put right a slip in this note…" button="Put it right">
        <p className="small-print">
          Readers see the new words in place of these; what it said is kept here and in the history. If a fact in the
          note was wrong, publish another note instead.
        </p>
        <ChoiceField name="kind" label="Kind of note" value={kind} choices={kindChoices} />
        <TextAreaField name="words" label="What readers should know" value={words} rows={4} />
      </Disclosure>
    </ActionForm>
  )
}
