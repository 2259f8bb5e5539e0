'use client'
import { useContext, type ReactNode } from 'react'
import { ConditionalFields } from './conditional-fields.client'
import { SubmissionContext } from './form-context'
import { Submit } from './submit.client'

type Props = {
  summary: ReactNode
  /** The action is available. */
  when?: boolean
  /** The text of the submit button; without one the children contain the buttons. */
  button?: string
  variant?: string
  children: ReactNode
}

/** The fields of a form in a closed <details>, open while the last submission failed, also without script. */
export function Disclosure({ summary, when = true, button, variant = 'small', children }: Props) {
  const { state } = useContext(SubmissionContext)
  const isError = state.status !== 'idle' && state.status !== 'done'
  return (
    <ConditionalFields when={when}>
      <details open={isError || undefined}>
        <summary>{summary}</summary>
        <div className="stack tight">
          {children}
          {button && (
            <div className="actions">
              <Submit variant={variant}>{button}</Submit>
            </div>
          )}
        </div>
      </details>
    </ConditionalFields>
  )
}
