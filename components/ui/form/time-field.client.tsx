'use client'
import { useContext, useEffect, useRef, useState } from 'react'
import { describeTypedTime, toTypedTime } from '@/domain/time/newsroom-time'
import { ChoiceField, Field } from './field.client'
import { SubmissionContext } from './form-context'

type Props = { label: string; timeZone: string; value?: Date | null }

/** A time in the newsroom's time zone. */
export function TimeField({ label, timeZone, value = null }: Props) {
  return (
    <>
      <input type="hidden" name="timeZone" value={timeZone} />
      <Field
        name="due"
        label={label}
        type="datetime-local"
        step={1}
        value={value ? toTypedTime(value, timeZone) : ''}
        hint={
          <>
            In the newsroom’s time, {timeZone}. <TimePreview timeZone={timeZone} />
          </>
        }
        required
      />
      <AmbiguousTimeField />
    </>
  )
}

/** The time in the field `due`, in the newsroom's time zone and in UTC, updated while it is typed. */
function TimePreview({ timeZone }: { timeZone: string }) {
  const output = useRef<HTMLSpanElement>(null)
  const [preview, setPreview] = useState('')
  useEffect(() => {
    const due = output.current?.closest('form')?.elements.namedItem('due')
    if (!(due instanceof HTMLInputElement)) return
    const update = () => setPreview(describeTypedTime(due.value, timeZone))
    update()
    due.addEventListener('input', update)
    return () => due.removeEventListener('input', update)
  }, [timeZone])
  return (
    <span ref={output} aria-live="polite">
      {preview}
    </span>
  )
}

/** The choice between two times, where the clocks go back at the submitted time. */
function AmbiguousTimeField() {
  const { state } = useContext(SubmissionContext)
  const isAmbiguous =
    state.status === 'refused' && state.refusal.kind === 'invalid' && state.refusal.fields.which !== undefined
  if (!isAmbiguous) return null
  const choices = [
    { value: 'first', label: 'The first, before the clocks go back' },
    { value: 'second', label: 'The second, after they went back' },
  ]
  return <ChoiceField name="which" label="Which of the two" value="first" choices={choices} />
}
