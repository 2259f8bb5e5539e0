'use client'
import { useContext } from 'react'
import { ChoiceField } from './field.client'
import { SubmissionContext } from './form-context'

/** Asks which of two times is meant, where the clocks go back at the submitted time. */
export function AmbiguousTimeField() {
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
