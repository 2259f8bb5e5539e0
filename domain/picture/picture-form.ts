import { z } from 'zod'
import { isBlankText } from '../body/inline'
import { parseNames } from '../copy/name'
import { lineField, textField, tooLong, typedField } from '../form/fields'
import type { Told } from './as-it-came'
import { isSameText, textsAsTheyCame } from './picture'
import {
  isSourceType,
  mapPictureFields,
  MAX_NAMES_OF_PICTURE,
  pictureFieldKeys,
  pictureFields,
  type FieldKind,
  type PictureTexts,
} from './picture-fields'

/** What a file says may be far longer than what the desk may write. */
const MAX_TYPED = 100_000

const sentenceName = (field: keyof typeof pictureFields) => `The ${pictureFields[field].name}`
/** A text that nobody would see is none: it must not pass for a credit. */
const visible = (text: string) => (isBlankText(text) ? '' : text)
const isTicked = (sent: string | string[]) => [sent].flat().includes('yes')

/** The fields of a picture as a form sends them; one that is missing stays as it is. Lengths are checked against what came (`problemsOf`). */
export const pictureFormFields = mapPictureFields({
  line: (field) => lineField(sentenceName(field), MAX_TYPED).transform(visible).optional(),
  text: (field) => textField(sentenceName(field), MAX_TYPED).transform(visible).optional(),
  names: (field) => typedField(sentenceName(field), MAX_TYPED).transform(parseNames).optional(),
  when: () => z.string().trim().optional(),
  // A box that is not ticked sends nothing: the form sends “no” before it.
  flag: () =>
    z
      .union([z.enum(['yes', 'no']), z.array(z.enum(['yes', 'no']))])
      .transform(isTicked)
      .optional(),
  sourceType: () => z.string().trim().optional(),
})

export type PictureForm = { [F in keyof typeof pictureFormFields]?: z.output<(typeof pictureFormFields)[F]> }

/** @param before for the fields that the form does not have */
export function textsFromForm(form: PictureForm, before: PictureTexts, told: Told): PictureTexts {
  const given = Object.fromEntries(Object.entries(form).filter(([, value]) => value !== undefined))
  const texts = { ...before, ...given } as PictureTexts
  // Alt text that is typed says that the picture is not decorative.
  if (form.decorative === undefined && form.alt !== undefined && form.alt !== '') texts.decorative = false
  // Its field was empty because the picture was decorative.
  if (before.decorative && !texts.decorative && texts.alt === '') texts.alt = textsAsTheyCame(told).alt
  return texts.decorative ? { ...texts, alt: '' } : texts
}

/**
 * What is wrong with the fields: a sentence for each. What came in the file is never wrong, and neither is what stays as it was.
 */
export function problemsOf(texts: PictureTexts, before: PictureTexts, told: Told): Record<string, string[]> {
  const came = textsAsTheyCame(told)
  const changed = pictureFieldKeys.filter(
    (field) => !isSameText(texts[field], before[field]) && !isSameText(texts[field], came[field]),
  )
  return Object.fromEntries(
    changed.map((field) => [field, problemsOfField(texts, field)] as const).filter(([, found]) => found.length > 0),
  )
}

function problemsOfField(texts: PictureTexts, field: keyof typeof pictureFields): string[] {
  const { kind, max = Infinity }: { kind: FieldKind; max?: number } = pictureFields[field]
  const value = texts[field]
  switch (kind) {
    case 'line':
    case 'text':
      return (value as string).length > max ? [tooLong(sentenceName(field), max)] : []
    case 'names': {
      const names = value as string[]
      const long = names.filter((name) => name.length > max).map((name) => tooLong(`“${name.slice(0, 30)}…”`, max))
      return names.length > MAX_NAMES_OF_PICTURE
        ? [...long, `${sentenceName(field)} are more than ${MAX_NAMES_OF_PICTURE}.`]
        : long
    }
    case 'when':
      return value === '' || isDate(value as string)
        ? []
        : ['Write the time as 2026-05-31, 2026-05-31T17:30, a month as 2026-05 or a year.']
    case 'sourceType':
      return value === '' || isSourceType(value as string) ? [] : ['Choose one from the list.']
    case 'flag':
      return []
  }
}

const DATE = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2}))?(?:Z|[+-]\d{2}:\d{2})?)?)?)?$/u

function isDate(text: string): boolean {
  const [, year, month = '01', day = '01', hour = '00', minute = '00', second = '00'] = DATE.exec(text) ?? []
  if (year === undefined) return false
  const at = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`
  const parsed = new Date(at)
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString() === at
}
