import { formatMoment } from '@/domain/time/newsroom-time'
import { type Story, embargoedAt, embargoToken } from '@/domain/story/story'
import type { FormAction } from '@/lib/form-state'
import { ActionForm } from '../../ui/form/action-form.client'
import { TextAreaField } from '../../ui/form/field.client'
import { Disclosure } from '../../ui/form/disclosure.client'
import { TimeField } from '../../ui/form/time-field.client'

type Props = {
  story: Story
  timeZone: string
  set: FormAction
  /** Null without the permission to lift it. */
  lift: FormAction | null
}

/** Shows, sets, moves and lifts the embargo of a story. */
export function Embargo({ story, timeZone, set, lift }: Props) {
  const embargo = embargoedAt(story, new Date())
  const seen = <input type="hidden" name="seenEmbargo" value={embargoToken(embargo)} />
  return (
    <section className="panel stack" aria-labelledby="embargo">
      <h2 id="embargo">Embargo</h2>
      {embargo && (
        <p className="notice warn">
          <strong>Embargoed until {formatMoment(embargo.until, timeZone)}</strong> ({embargo.note}). Nobody can publish
          anything of it before.
        </p>
      )}
      <ActionForm action={set} label="Set the embargo" resetOnSuccess>
        <input type="hidden" name="storyId" value={story.id} />
        {seen}
        <Disclosure
          summary={embargo ? 'Move the embargo…' : 'Put it under an embargo…'}
          button={embargo ? 'Move the embargo' : 'Set the embargo'}
        >
          <TimeField label="Embargoed until" timeZone={timeZone} value={embargo?.until} />
          <TextAreaField name="note" label="Whose embargo, and why" value={embargo?.note} rows={2} />
          {embargo && lift && (
            <TextAreaField
              name="reason"
              label="Why it may go earlier"
              hint="Only where the embargo ends earlier than it did; kept in the history."
              rows={2}
            />
          )}
        </Disclosure>
      </ActionForm>
      {lift && (
        <ActionForm action={lift} label="Lift the embargo" isAvailable={embargo !== null} resetOnSuccess>
          <input type="hidden" name="storyId" value={story.id} />
          <input type="hidden" name="timeZone" value={timeZone} />
          {seen}
          <Disclosure when={embargo !== null} summary="Lift the embargo…" button="Lift the embargo" variant="danger">
            <TextAreaField
              name="reason"
              label="Why it is lifted"
              hint="Kept in the history. From then on it can be published at any time."
              rows={2}
            />
          </Disclosure>
        </ActionForm>
      )}
    </section>
  )
}
