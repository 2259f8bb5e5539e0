'use client'
import { useState } from 'react'
import { LONG_HEADLINE } from '@/domain/story/story'
import { Field } from './field.client'

/** The headline, with advice on its length while it is typed. Advice only: a long headline is saved and published all the same. */
export function HeadlineField({ value }: { value: string }) {
  const [length, setLength] = useState([...value].length)
  return (
    <div
      className="headline-field"
      onInput={(event) => {
        if (event.target instanceof HTMLInputElement) setLength([...event.target.value].length)
      }}
    >
      <Field name="headline" label="Headline" value={value} autoComplete="off" hint={advice(length)} />
    </div>
  )
}

function advice(length: number): string {
  const counted = `${length} ${length === 1 ? 'character' : 'characters'}`
  if (length <= LONG_HEADLINE) return `${counted}. Up to ${LONG_HEADLINE} are shown whole wherever readers share it.`
  return `${counted}: longer than ${LONG_HEADLINE}, so it will be cut short where readers share it.`
}
