'use client'
import { useContext, useEffect, useId, useRef, useState, type ReactNode, type RefObject } from 'react'
import { SubmissionContext, useField } from './form-context'

type CommonProps = {
  name: string
  label: string
  value?: string
  hint?: ReactNode
  /** The name under which another editor's words for this field arrive, where it differs. */
  conflictName?: string
  /** What leaving it empty comes to. */
  emptyLabel?: string
}
type FieldProps = CommonProps & {
  type?: string
  required?: boolean
  maxLength?: number
  autoComplete?: string
  placeholder?: string
  autoFocus?: boolean
  /** The id of a <datalist> with what is offered. */
  list?: string
  /** For times: the step in seconds. */
  step?: number
  /** The label is read aloud only. */
  hiddenLabel?: boolean
}

/** One line to fill in. */
export function Field({ value = '', type = 'text', conflictName, emptyLabel = '', hiddenLabel, ...rest }: FieldProps) {
  const { name, label, hint, ...input } = rest
  const field = useField(name, value, { theirsAs: conflictName })
  const control = useRef<HTMLInputElement>(null)
  const hintId = useId()
  return (
    <div className="field">
      <label htmlFor={field.id} className={hiddenLabel ? 'visually-hidden' : undefined}>
        {label}
      </label>
      <input
        ref={control}
        id={field.id}
        name={name}
        type={type}
        defaultValue={field.shownValue}
        aria-invalid={field.errors.length > 0}
        aria-describedby={hintId}
        {...input}
      />
      <FieldMessages id={hintId} hint={hint} field={field} mine={field.shownValue || emptyLabel} control={control} />
    </div>
  )
}

/** Several lines to fill in; grows with its words. */
export function TextAreaField({
  value = '',
  conflictName,
  name,
  label,
  hint,
  rows = 3,
}: CommonProps & { rows?: number }) {
  const field = useField(name, value, { theirsAs: conflictName })
  const control = useRef<HTMLTextAreaElement>(null)
  const hintId = useId()
  return (
    <div className="field">
      <label htmlFor={field.id}>{label}</label>
      <textarea
        ref={control}
        id={field.id}
        name={name}
        rows={rows}
        defaultValue={field.shownValue}
        aria-invalid={field.errors.length > 0}
        aria-describedby={hintId}
      />
      <FieldMessages id={hintId} hint={hint} field={field} mine={field.shownValue} control={control} />
    </div>
  )
}

type ChoiceProps = CommonProps & {
  choices: { value: string; label: string }[]
  hiddenLabel?: boolean
  /** What was chosen stays chosen for the next one when the form begins afresh. */
  keepsValue?: boolean
}

/** One of a few. */
export function ChoiceField({
  value = '',
  conflictName,
  keepsValue,
  name,
  label,
  hint,
  choices,
  hiddenLabel,
}: ChoiceProps) {
  const field = useField(name, value, { theirsAs: conflictName, keeps: keepsValue })
  const control = useRef<HTMLSelectElement>(null)
  useUpdatedChoice(control, field.shownValue)
  const hintId = useId()
  const chosen = choices.find((choice) => choice.value === field.shownValue)
  return (
    <div className="field">
      <label htmlFor={field.id} className={hiddenLabel ? 'visually-hidden' : undefined}>
        {label}
      </label>
      <select
        ref={control}
        id={field.id}
        name={name}
        defaultValue={field.shownValue}
        aria-invalid={field.errors.length > 0}
        aria-describedby={hintId}
      >
        {!chosen && field.shownValue !== '' && <option value={field.shownValue}>As chosen before</option>}
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
      <FieldMessages id={hintId} hint={hint} field={field} mine={chosen?.value ? chosen.label : ''} control={control} />
    </div>
  )
}

/**
 * A page that comes anew shows another choice where nobody has made one here: React leaves a list as it was, and whoever sends it would take back
 * unseen what a colleague chose. One that is tied to the shared document shows what that says.
 */
function useUpdatedChoice(control: RefObject<HTMLSelectElement | null>, shown: string) {
  const { shared } = useContext(SubmissionContext)
  const previous = useRef(shown)
  useEffect(() => {
    if (!shared && control.current?.value === previous.current) control.current.value = shown
    previous.current = shown
  }, [control, shared, shown])
}

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement
type Conflict = { mine: string; control: RefObject<Control | null> }
type FieldMessagesProps = Conflict & { id: string; hint: ReactNode; field: ReturnType<typeof useField> }

/** Under a field: its hint, what is wrong with it, and another editor's words where they differ. */
function FieldMessages({ id, hint, field, mine, control }: FieldMessagesProps) {
  // Forms send line breaks as CRLF; nobody typed those.
  const own = mine.replace(/\r\n?/gu, '\n').trim()
  return (
    <div id={id} className="below">
      {hint && <p className="hint">{hint}</p>}
      {field.errors.map((error) => (
        <p key={error} className="error">
          {error}
        </p>
      ))}
      {field.theirs && field.theirs.words !== own && (
        <ConflictingValue {...field.theirs} mine={own} control={control} />
      )}
    </div>
  )
}

/** Another editor's words for one field, to be taken with a button and given back with the same one. */
function ConflictingValue({ by, words, mine, control }: Conflict & { by: string; words: string }) {
  const [replaced, setReplaced] = useState<string | null>(null)
  function swap() {
    if (!control.current) return
    setReplaced(replaced === null ? control.current.value : null)
    setControlValue(control.current, replaced ?? words)
  }
  return (
    <div className="theirs">
      <p>
        <b>{by} wrote:</b> {words === '' ? <i>nothing</i> : <q>{words}</q>}
      </p>
      <p className="hint">You wrote: {mine === '' ? <i>nothing</i> : <q>{mine}</q>}</p>
      <button type="button" className="button small needs-script" onClick={swap}>
        {replaced === null ? 'Use theirs' : 'Keep mine'}
      </button>
    </div>
  )
}

/** Puts words into a control; a choice is found by its value or by its name. */
function setControlValue(control: Control, words: string) {
  if (control instanceof HTMLSelectElement) {
    const option = [...control.options].find(({ value, label }) => value === words || (value !== '' && label === words))
    control.value = option?.value ?? ''
  } else control.value = words
  control.dispatchEvent(new Event('input', { bubbles: true }))
}
