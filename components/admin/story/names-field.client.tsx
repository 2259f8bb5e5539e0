'use client'
import { useId, useState } from 'react'
import { nameKey, parseNames } from '@/domain/copy/name'
import { Field } from '../../ui/form/field.client'

type Props = { name: string; label: string; value: string; hint: string; suggestions: readonly string[] }

/**
 * Names separated by commas, with suggestions. A <datalist> completes the whole value only, so each option is the current value with one name
 * more. Without script only the first name is completed.
 */
export function NamesField({ suggestions, value, ...field }: Props) {
  const listId = useId()
  const [line, setLine] = useState(value)
  const before = line.slice(0, Math.max(line.lastIndexOf(','), line.lastIndexOf(';')) + 1)
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
