'use client'
import { useContext, useEffect, useId, useRef, useState, type FormEvent, type ReactNode, type RefObject } from 'react'
import { textDirection } from '@/lib/text-direction'
import { SubmissionContext, useField } from './form-context'

type CommonProps = {
  name: string
  label: string
  value?: string
  hint?: ReactNode
  /** The key of this field in `refusal.theirs`, where it is not `name`. */
  conflictName?: string
  /** The label is for screen readers only. */
  hiddenLabel?: boolean
}
type FieldProps = CommonProps & {
  type?: string
  required?: boolean
  maxLength?: number
  autoComplete?: string
  placeholder?: string
  autoFocus?: boolean
  /** The id of a <datalist>. */
  list?: string
  /** For times, in seconds. */
  step?: number
  /** What an empty field stands for. */
  emptyLabel?: string
}

/** A text input of one line. */
export function Field({ value = '', type = 'text', conflictName, emptyLabel = '', hiddenLabel, ...rest }: FieldProps) {
  const { name, label, hint, ...input } = rest
  const field = useField(name, value, { conflictName })
  const control = useRef<HTMLInputElement>(null)
  return (
    <Labelled {...{ name, label, hiddenLabel, hint, field, control }} mine={field.shownValue || emptyLabel}>
      {(attributes) => (
        <input
          ref={control}
          type={type}
          {...(isOfPeople(type) && direction(field.shownValue))}
          {...attributes}
          {...input}
        />
      )}
    </Labelled>
  )
}

/** Text that may run from right to left; addresses and times do not. */
const isOfPeople = (type: string) => type === 'text' || type === 'search'

/** As readers get it, also while it is typed. */
const direction = (value: string) => ({
  dir: textDirection(value),
  onInput: ({ currentTarget }: FormEvent<HTMLInputElement | HTMLTextAreaElement>) => {
    currentTarget.dir = textDirection(currentTarget.value)
  },
})

type TextAreaProps = Omit<CommonProps, 'hiddenLabel'> & { rows?: number }

/** A text input of several lines; the stylesheet lets it grow with its content. */
export function TextAreaField({ value = '', conflictName, name, label, hint, rows = 3 }: TextAreaProps) {
  const field = useField(name, value, { conflictName })
  const control = useRef<HTMLTextAreaElement>(null)
  return (
    <Labelled {...{ name, label, hint, field, control }} mine={field.shownValue}>
      {(attributes) => <textarea ref={control} rows={rows} {...direction(field.shownValue)} {...attributes} />}
    </Labelled>
  )
}

type ChoiceProps = CommonProps & {
  choices: { value: string; label: string }[]
  /** The field keeps the submitted choice when the form is reset. */
  keepsValue?: boolean
}

/** A select with one choice. */
export function ChoiceField({ value = '', conflictName, keepsValue, choices, ...labelled }: ChoiceProps) {
  const field = useField(labelled.name, value, { conflictName, keepsValue })
  const control = useRef<HTMLSelectElement>(null)
  useUpdatedChoice(control, field.shownValue)
  const chosen = choices.find((choice) => choice.value === field.shownValue)
  return (
    <Labelled {...labelled} {...{ field, control }} mine={chosen?.value ? chosen.label : ''}>
      {(attributes) => (
        <select ref={control} {...attributes}>
          {!chosen && field.shownValue !== '' && <option value={field.shownValue}>As chosen before</option>}
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  )
}

/**
 * Shows the choice of a refreshed page, unless the user made another one. React leaves a select as it was, so that submitting it would undo
 * what somebody else chose. A select that is bound to the page's document shows the document's choice.
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
type Attributes = {
  id: string
  name: string
  defaultValue: string
  'aria-invalid': boolean
  'aria-describedby': string
}
type LabelledProps = Omit<CommonProps, 'value' | 'conflictName'> & {
  field: ReturnType<typeof useField>
  control: RefObject<Control | null>
  /** The user's value as text. */
  mine: string
  children: (attributes: Attributes) => ReactNode
}

/** A control with its label above it, and below it the hint, the errors, and another editor's value where it differs. */
function Labelled({ name, label, hiddenLabel, hint, field, control, mine, children }: LabelledProps) {
  const belowId = useId()
  // Forms submit line breaks as CRLF.
  const own = mine.replace(/\r\n?/gu, '\n').trim()
  return (
    <div className="field">
      <label htmlFor={field.id} className={hiddenLabel ? 'visually-hidden' : undefined}>
        {label}
      </label>
      {children({
        id: field.id,
        name,
        defaultValue: field.shownValue,
        'aria-invalid': field.errors.length > 0,
        'aria-describedby': belowId,
      })}
      <div id={belowId} className="field-messages">
        {hint && <p className="hint">{hint}</p>}
        {field.errors.map((error) => (
          <p key={error} className="error">
            {error}
          </p>
        ))}
        {field.conflict && field.conflict.theirs !== own && (
          <ConflictingValue {...field.conflict} mine={own} control={control} />
        )}
      </div>
    </div>
  )
}

type ConflictProps = Pick<LabelledProps, 'mine' | 'control'> & { by: string; theirs: string }

/** Another editor's value for a field, with a button that exchanges it with the user's. */
function ConflictingValue({ by, theirs, mine, control }: ConflictProps) {
  const [replaced, setReplaced] = useState<string | null>(null)
  function swap() {
    if (!control.current) return
    setReplaced(replaced === null ? control.current.value : null)
    setControlValue(control.current, replaced ?? theirs)
  }
  return (
    <div className="conflict">
      <p>
        <b>
          <bdi>{by}</bdi> wrote:
        </b>{' '}
        {theirs === '' ? <i>nothing</i> : <q dir="auto">{theirs}</q>}
      </p>
      <p className="hint">You wrote: {mine === '' ? <i>nothing</i> : <q dir="auto">{mine}</q>}</p>
      <button type="button" className="button small needs-script" onClick={swap}>
        {replaced === null ? 'Use theirs' : 'Keep mine'}
      </button>
    </div>
  )
}

/** Sets a control to a text; an option is found by its value or its label. */
function setControlValue(control: Control, text: string) {
  if (control instanceof HTMLSelectElement) {
    const option = [...control.options].find(({ value, label }) => value === text || (value !== '' && label === text))
    control.value = option?.value ?? ''
  } else control.value = text
  control.dispatchEvent(new Event('input', { bubbles: true }))
}
