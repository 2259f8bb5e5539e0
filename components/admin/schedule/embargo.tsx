import { embargoInShort } from '@/domain/schedule/embargo'
import { momentInWords } from '@/domain/time/newsroom-time'
import { embargoedAt, type Story } from '@/domain/story/story'
import type { FormAction } from '@/lib/form-state'
import { ActionForm } from '../form/action-form.client'
import { WordsField } from '../form/field.client'
import { Folded } from '../form/folded.client'
import { Offered } from '../form/offered.client'
import { Submit } from '../form/submit.client'
import { TimeField } from '../form/time-field'

type Props = {
  story: Story
  timeZone: string
  set: FormAction
  /** Null for those who may not. */
  lift: FormAction | null
}

/** Until when readers may see nothing new of a story: said loudly, moved by those who write, lifted by those who may. */
export function Embargo({ story, timeZone, set, lift }: Props) {
  const embargo = embargoedAt(story, new Date())
  const seen = <input type="hidden" name="seenEmbargo" value={embargoInShort(embargo)} />
  return (
    <section className="panel stack" aria-labelledby="embargo">
      <h2 id="embargo">Embargo</h2>
      {embargo && (
        <p className="notice warn">
          <strong>Embargoed until {momentInWords(embargo.until, timeZone)}</strong> ({embargo.note}). Nobody can publish
          anything of it before.
        </p>
      )}
      <ActionForm action={set} label="Set the embargo" afresh>
        <input type="hidden" name="storyId" value={story.id} />
        {seen}
        <Folded summary={embargo ? 'Move the embargo…' : 'Put it under an embargo…'}>
          <TimeField label="Embargoed until" timeZone={timeZone} at={embargo?.until} />
          <WordsField name="note" label="Whose embargo, and why" value={embargo?.note} rows={2} />
          {embargo && lift && (
            <WordsField
              name="reason"
              label="Why it may go earlier"
              hint="Only where the embargo ends earlier than it did; kept in the history."
              rows={2}
            />
          )}
          <div className="actions">
            <Submit look="small">{embargo ? 'Move the embargo' : 'Set the embargo'}</Submit>
          </div>
        </Folded>
      </ActionForm>
      {lift && (
        <ActionForm action={lift} label="Lift the embargo" offered={embargo !== null} afresh>
          <input type="hidden" name="storyId" value={story.id} />
          <input type="hidden" name="timeZone" value={timeZone} />
          {seen}
          <Offered when={embargo !== null}>
            <Folded summary="Lift the embargo…">
              <WordsField
                name="reason"
                label="Why it is lifted"
                hint="Kept in the history. From then on it can be published at any time."
                rows={2}
              />
              <div className="actions">
                <Submit look="danger">Lift the embargo</Submit>
              </div>
            </Folded>
          </Offered>
        </ActionForm>
      )}
    </section>
  )
}
