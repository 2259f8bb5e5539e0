'use client'
import { useState } from 'react'
import { LONG_HEADLINE_LENGTH } from '@/domain/copy/copy-fields'
import { TextAreaField } from '../../ui/form/field.client'

type Props = { name: string; label: string; value: string }

/** The headline in a text area that shows it whole, with advice on its length. Enter adds no line. */
export function HeadlineField({ value, ...field }: Props) {
  const [length, setLength] = useState([...value].length)
  return (
    <div
      className="headline-field"
      onInput={(event) => {
        if (event.target instanceof HTMLTextAreaElement) setLength([...event.target.value].length)
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !event.nativeEvent.isComposing) event.preventDefault()
      }}
    >
      <TextAreaField {...field} value={value} hint={advice(length)} rows={2} />
    </div>
  )
}

function advice(length: number): string {
  if (length === 0) return `Up to ${LONG_HEADLINE_LENGTH} characters are shown whole wherever readers share it.`
  const counted = `${length} ${length === 1 ? 'character' : 'characters'}`
  if (length <= LONG_HEADLINE_LENGTH)
    return `${counted}. Up to ${LONG_HEADLINE_LENGTH} are shown whole wherever readers share it.`
  return `${counted}: longer than ${LONG_HEADLINE_LENGTH}, so it will be cut short where readers share it.`
}
