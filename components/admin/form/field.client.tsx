'use client'
import { useContext, useEffect, useId, useRef, useState, type ReactNode, type RefObject } from 'react'
import { SubmissionContext, useField } from './form-context'

type Common = {
  name: string
  label: string
  value?: string
  hint?: ReactNode
  /** The name under which another editor's words for this field arrive, where it differs. */
  theirsAs?: string
  /** What leaving it empty comes to. */
  emptyMeans?: string
}
type FieldProps = Common & {
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
  quietLabel?: boolean
}

/** One line to fill in. */
export function Field({ value = '', type = 'text', theirsAs, emptyMeans = '', quietLabel, ...rest }: FieldProps) {
  const { name, label, hint, ...input } = rest
  const field = useField(name, value, { theirsAs })
  const control = useRef<HTMLInputElement>(null)
  const hintId = useId()
  return (
    <div className="field">
      <label htmlFor={field.id} className={quietLabel ? 'visually-hidden' : undefined}>
        {label}
      </label>
      <input
        ref={control}
        id={field.id}
        name={name}
        type={type}
        defaultValue={field.shown}
        aria-invalid={field.errors.length > 0}
        aria-describedby={hintId}
        {...input}
      />
      <Below id={hintId} hint={hint} field={field} mine={field.shown || emptyMeans} control={control} />
    </div>
  )
}

/** Several lines to fill in; grows with its words. */
export function WordsField({ value = '', theirsAs, name, label, hint, rows = 3 }: Common & { rows?: number }) {
  const field = useField(name, value, { theirsAs })
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
        defaultValue={field.shown}
        aria-invalid={field.errors.length > 0}
        aria-describedby={hintId}
      />
      <Below id={hintId} hint={hint} field={field} mine={field.shown} control={control} />
    </div>
  )
}

type ChoiceProps = Common & {
  choices: { value: string; label: string }[]
  quietLabel?: boolean
  /** What was chosen stays chosen for the next one when the form begins afresh. */
  keeps?: boolean
}

/** One of a few. */
export function ChoiceField({ value = '', theirsAs, keeps, name, label, hint, choices, quietLabel }: ChoiceProps) {
  const field = useField(name, value, { theirsAs, keeps })
  const control = useRef<HTMLSelectElement>(null)
  useChoiceOfPage(control, field.shown)
  const hintId = useId()
  const chosen = choices.find((choice) => choice.value === field.shown)
  return (
    <div className="field">
      <label htmlFor={field.id} className={quietLabel ? 'visually-hidden' : undefined}>
        {label}
      </label>
      <select
        ref={control}
        id={field.id}
        name={name}
        defaultValue={field.shown}
        aria-invalid={field.errors.length > 0}
        aria-describedby={hintId}
      >
        {!chosen && field.shown !== '' && <option value={field.shown}>As chosen before</option>}
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
      <Below id={hintId} hint={hint} field={field} mine={chosen?.value ? chosen.label : ''} control={control} />
    </div>
  )
}

/**
 * A page that comes anew shows another choice where nobody has made one here: React leaves a list as it was, and whoever sends it would take back
 * unseen what a colleague chose. One that is tied to the shared document shows what that says.
 */
function useChoiceOfPage(control: RefObject<HTMLSelectElement | null>, shown: string) {
  const { shared } = useContext(SubmissionContext)
  const before = useRef(shown)
  useEffect(() => {
    if (!shared && control.current?.value === before.current) control.current.value = shown
    before.current = shown
  }, [control, shared, shown])
}

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement
type Words = { mine: string; control: RefObject<Control | null> }
type BelowProps = Words & { id: string; hint: ReactNode; field: ReturnType<typeof useField> }

/** Under a field: its hint, what is wrong with it, and another editor's words where they differ. */
function Below({ id, hint, field, mine, control }: BelowProps) {
  // Forms send line breaks as CRLF; nobody typed those.
  const said = mine.replace(/\r\n?/gu, '\n').trim()
  return (
    <div id={id} className="below">
      {hint && <p className="hint">{hint}</p>}
      {field.errors.map((error) => (
        <p key={error} className="error">
          {error}
        </p>
      ))}
      {field.theirs && field.theirs.words !== said && <Theirs {...field.theirs} mine={said} control={control} />}
    </div>
  )
}

/** Another editor's words for one field, to be taken with a button and given back with the same one. */
function Theirs({ by, words, mine, control }: Words & { by: string; words: string }) {
  const [given, setGiven] = useState<string | null>(null)
  function exchange() {
    if (!control.current) return
    setGiven(given === null ? control.current.value : null)
    fill(control.current, given ?? words)
  }
  return (
    <div className="theirs">
      <p>
        <b>{by} wrote:</b> {words === '' ? <i>nothing</i> : <q>{words}</q>}
      </p>
      <p className="hint">You wrote: {mine === '' ? <i>nothing</i> : <q>{mine}</q>}</p>
      <button type="button" className="button small needs-script" onClick={exchange}>
        {given === null ? 'Use theirs' : 'Keep mine'}
      </button>
    </div>
  )
}

/** Puts words into a control; a choice is found by its value or by its name. */
function fill(control: Control, words: string) {
  if (control instanceof HTMLSelectElement) {
    const named = [...control.options].find(({ value, label }) => value === words || (value !== '' && label === words))
    control.value = named?.value ?? ''
  } else control.value = words
  control.dispatchEvent(new Event('input', { bubbles: true }))
}
