'use client'
import { useContext, type ReactNode } from 'react'
import { SubmissionContext } from './form-context'

type Props = { variant?: string; name?: string; value?: string; label?: string; children: ReactNode }

/** A submit button. The first one in a form is also what Enter presses. */
export function Submit({ variant = 'primary', name, value, label, children }: Props) {
  return (
    <button className={`button ${variant}`} name={name} value={value} aria-label={label}>
      {children}
    </button>
  )
}

/** Submits the same fields to the form's `secondAction`. */
export function SecondarySubmit({ variant = 'primary', label, children }: Omit<Props, 'name' | 'value'>) {
  const { submitSecond } = useContext(SubmissionContext)
  return (
    <button className={`button ${variant}`} aria-label={label} data-second="" formAction={submitSecond ?? undefined}>
      {children}
    </button>
  )
}
