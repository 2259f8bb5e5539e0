'use client'
import { useContext, type ReactNode } from 'react'
import { SubmissionContext } from './form-context'

type Props = { variant?: string; name?: string; value?: string; label?: string; children: ReactNode }

/** The button of a form; what Enter does in a field, when it stands first. */
export function Submit({ variant = 'primary', name, value, label, children }: Props) {
  return (
    <button className={`button ${variant}`} name={name} value={value} aria-label={label}>
      {children}
    </button>
  )
}

/** A second thing to do with the same fields. */
export function SecondarySubmit({
  variant = 'primary',
  label,
  children,
}: Pick<Props, 'variant' | 'label' | 'children'>) {
  const { submitSecond } = useContext(SubmissionContext)
  return (
    <button className={`button ${variant}`} aria-label={label} data-second="" formAction={submitSecond ?? undefined}>
      {children}
    </button>
  )
}
