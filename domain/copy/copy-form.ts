import { z } from 'zod'
import type { Body } from '../body/body'
import { BodyLimitExceeded, parseBody } from '../body/body-parser'
import { idField, lineField, textField, tooLong } from '../form/fields'
import { slugFor } from '../form/slug'
import { useFromForm, type PictureUse } from '../picture/use'
import { MAX_NAME_LENGTH, MAX_NAMES, parseNames } from './name'
import { pickCopy } from './copy'
import { copyFields, fieldsOf, mapFields, textFields, type Copy } from './copy-fields'

const emptyToNull = (text: string) => (text === '' ? null : text)
const sentenceName = (field: keyof typeof copyFields) => `The ${copyFields[field].name}`

export const headlineField = lineField(sentenceName('headline'), copyFields.headline.max)
export const sectionField = z.union([z.literal('').transform(() => null), idField]).default(null)

/** The body as the editor's form sends it: a JSON document, or nothing for a headline. */
const bodyField = z
  .string()
  .default('')
  .transform((json, context): Body | null => {
    if (json.trim() === '') return null
    try {
      return parseBody(JSON.parse(json))
    } catch (error) {
      const message =
        error instanceof BodyLimitExceeded
          ? error.message
          : 'The body did not arrive whole. Save again; your words are still here.'
      context.addIssue({ code: 'custom', message })
      return z.NEVER
    }
  })

/** The use of a picture as the form sends it: JSON, or nothing. */
const pictureField = z
  .string()
  .max(1000, { error: 'The picture did not arrive whole. Choose it again.', abort: true })
  .transform((json, context): PictureUse | null => {
    if (json.trim() === '') return null
    const use = useFromForm(json)
    if (use !== null) return use
    context.addIssue({ code: 'custom', message: 'The picture did not arrive whole. Choose it again.' })
    return z.NEVER
  })
  .optional()

/** Names in one line. */
const namesField = (title: string) =>
  z
    .string()
    .max(MAX_NAMES * MAX_NAME_LENGTH * 4, { error: `${title} are too long.`, abort: true })
    .transform(parseNames)
    .superRefine((names, context) => {
      for (const message of nameProblems(title, names)) context.addIssue({ code: 'custom', message })
    })
    .optional()

const nameProblems = (title: string, names: string[]) => [
  ...names
    .filter((name) => name.length > MAX_NAME_LENGTH)
    .map((name) => tooLong(`“${name.slice(0, 30)}…”`, MAX_NAME_LENGTH)),
  ...(names.length > MAX_NAMES ? [`${title} are more than ${MAX_NAMES}.`] : []),
]

/** The story form's fields by name. A form without a line, a text, names or a picture (it may be of the build before) leaves them as they are. */
export const copyFormFields = mapFields({
  headline: () => headlineField,
  line: (field) => lineField(sentenceName(field), copyFields[field].max).transform(emptyToNull).optional(),
  text: (field) => textField(sentenceName(field), copyFields[field].max).transform(emptyToNull).optional(),
  section: () => sectionField,
  slug: (field) => lineField(sentenceName(field), copyFields[field].max).default(''),
  names: (field) => namesField(sentenceName(field)),
  picture: () => pictureField,
  body: () => bodyField,
})

type CopyForm = { [F in keyof typeof copyFormFields]?: z.output<(typeof copyFormFields)[F]> }

/** @param before the draft, for the fields that the form does not have */
export function copyFromForm(form: CopyForm & { headline: string; slug: string }, before: Copy): Copy {
  const given = Object.fromEntries(Object.entries(form).filter(([, value]) => value !== undefined))
  return pickCopy({ ...before, ...given, slug: slugFor(form.slug, form.headline) })
}

/** What is too long to be published: a sentence for each field. While a story is being written, lengths are advice. */
export function lengthProblems(copy: Copy): Record<string, string[]> {
  const texts = textFields.map((field): [string, string[]] => {
    const { max } = copyFields[field]
    return [field, (copy[field] ?? '').length > max ? [tooLong(sentenceName(field), max)] : []]
  })
  const names = fieldsOf('names').map((field): [string, string[]] => [
    field,
    nameProblems(sentenceName(field), copy[field]),
  ])
  return Object.fromEntries([...texts, ...names].filter(([, problems]) => problems.length > 0))
}
