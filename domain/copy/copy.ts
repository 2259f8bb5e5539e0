import { plainText } from '../body/body'
import { useAsText } from '../picture/use'
import { joinNames } from './name'
import {
  copyFieldKeys,
  copyFields,
  mapFields,
  type Copy,
  type CopyField,
  type FieldKind,
  type FieldName,
  type ValueOf,
} from './copy-fields'

export function blankCopy(): Copy {
  return mapFields({
    headline: () => '',
    line: () => null,
    text: () => null,
    section: () => null,
    slug: () => '',
    names: () => [],
    picture: () => null,
    body: () => null,
  })
}

/** The copy in an object that has more: a draft, or the row of a revision. */
export const pickCopy = (of: Copy): Copy => Object.fromEntries(copyFieldKeys.map((field) => [field, of[field]])) as Copy

/** The names of fields in order, each once. */
export const inFieldOrder = (names: string[]): string[] =>
  copyFieldKeys.map((field) => copyFields[field].name).filter((name) => names.includes(name))

/** The names of the fields in which two copies differ, in order. */
export function changedFields(before: Copy, after: Copy): FieldName[] {
  return copyFieldKeys
    .filter((field) => before[field] !== after[field] && canonical(before[field]) !== canonical(after[field]))
    .map((field) => copyFields[field].name)
}

/** JSON with sorted keys: jsonb returns keys in its own order. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}

/** Every field but the body, by which copies are compared line by line. */
export const comparedFields = copyFieldKeys.filter((field) => field !== 'body')
export type ComparedField = (typeof comparedFields)[number]

/** The fields as plain text, by name. */
export function copyAsText(copy: Copy, sectionName: string): Record<string, string> {
  return Object.fromEntries(
    copyFieldKeys.map((field) => [copyFields[field].name, fieldAsText(copy, field, sectionName)]),
  )
}

export function fieldAsText(copy: Copy, field: CopyField, sectionName: string): string {
  return (asText[copyFields[field].kind] as (value: Copy[CopyField], sectionName: string) => string)(
    copy[field],
    sectionName,
  )
}

const asText: { [Kind in FieldKind]: (value: ValueOf[Kind], sectionName: string) => string } = {
  headline: (value) => value,
  line: (value) => value ?? '',
  text: (value) => value ?? '',
  section: (_id, sectionName) => sectionName,
  slug: (value) => value,
  names: joinNames,
  picture: useAsText,
  body: (value) => (value === null ? '' : plainText(value)),
}
