'use client'
import { useState } from 'react'
import { LONG_HEADLINE_LENGTH } from '@/domain/story/story'
import { TextAreaField } from '../../ui/form/field.client'

/**
 * The headline, seen whole however long it is, with advice on its length while it is typed. Advice only: a long one is saved and published all the same.
 * Enter adds no line: a headline is one line, and saving is a button's task.
 */
export function HeadlineField({ value }: { value: string }) {
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
      <TextAreaField name="headline" label="Headline" value={value} hint={advice(length)} rows={2} />
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
