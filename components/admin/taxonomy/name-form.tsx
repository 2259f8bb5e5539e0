import type { ReactNode } from 'react'
import type { FormAction } from '@/lib/form-state'
import { ActionForm } from '../../ui/form/action-form.client'
import { Disclosure } from '../../ui/form/disclosure.client'

type Props = {
  verb: string
  name: string
  label?: string
  /** Hidden fields. */
  hidden: Record<string, string | number>
  action: FormAction
  button: string
  children: ReactNode
}

/** A form of a row in a list, closed until it is needed. */
export function NameForm({ verb, name, label = `${verb} ${name}`, hidden, action, button, children }: Props) {
  const summary = (
    <>
      {verb}
      <span className="visually-hidden"> {name}</span>
    </>
  )
  return (
    <ActionForm action={action} label={label} className="stack tight" resetOnSuccess>
      {Object.entries(hidden).map(([field, value]) => (
        <input key={field} type="hidden" name={field} value={value} />
      ))}
      <Disclosure summary={summary} button={button} variant="">
        {children}
      </Disclosure>
    </ActionForm>
  )
}
