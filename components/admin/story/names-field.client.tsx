'use client'
import { useId, useState } from 'react'
import { nameKey, parseNames } from '@/domain/copy/name'
import { Field } from '../../ui/form/field.client'

type Props = { name: string; label: string; value: string; hint: string; suggestions: readonly string[] }

/**
 * Names in one line, with commas between them; known ones are offered while somebody writes. A browser offers whole lines only, so each offer is
 * the line as it stands with one name more. Without script the first name is offered.
 */
export function NamesField({ suggestions, value, ...field }: Props) {
  const listId = useId()
  const [line, setLine] = useState(value)
  const before = line.slice(0, line.search(/[^,;]*$/u))
  const typedKeys = new Set(parseNames(before).map(nameKey))
  return (
    <div
      onInput={(event) => {
        if (event.target instanceof HTMLInputElement) setLine(event.target.value)
      }}
    >
      <Field {...field} value={value} list={listId} autoComplete="off" />
      <datalist id={listId}>
        {suggestions
          .filter((name) => !typedKeys.has(nameKey(name)))
          .map((name) => (
            <option key={name} value={before === '' ? name : `${before.trimEnd()} ${name}`} />
          ))}
      </datalist>
    </div>
  )
}
