import { z } from 'zod'
import { readableText, readBody, UnreadableBody, type Body } from './body'
import { slugFor, type Copy } from './story'

/** The longest headline we keep, in characters; the desk's own limit, far over any page's. */
export const LONGEST_HEADLINE = 300

/** An id as a form or an address sends it. */
export const idField = z.coerce.number('Choose one from the list.').int().positive().max(Number.MAX_SAFE_INTEGER)

/** One line of words: no line breaks, no control characters, no spaces around. */
export const lineField = (name: string, longest: number) =>
  z
    .string()
    .transform((typed) =>
      readableText(typed)
        .replace(/\s*[\n\t]\s*/gu, ' ')
        .trim(),
    )
    .refine((line) => line.length <= longest, `${name} is longer than ${longest} characters.`)

/** One or more lines of words. */
export const wordsField = (name: string, longest: number) =>
  z
    .string()
    .transform((typed) => readableText(typed.replace(/\r\n?/gu, '\n')).trim())
    .refine((words) => words.length <= longest, `${name} is longer than ${longest.toLocaleString('en')} characters.`)

const orNull = (words: string) => (words === '' ? null : words)
const optionalLine = (name: string, longest: number) => lineField(name, longest).default('').transform(orNull)

export const headlineField = lineField('The headline', LONGEST_HEADLINE)
export const sectionField = z.union([z.literal('').transform(() => null), idField]).default(null)

/** The body as the editor's form sends it: a JSON document, or nothing for a headline. */
const bodyField = z
  .string()
  .default('')
  .transform((json, context): Body | null => {
    if (json.trim() === '') return null
    try {
      return readBody(JSON.parse(json))
    } catch (error) {
      const message =
        error instanceof UnreadableBody
          ? error.message
          : 'The body did not arrive whole. Save again; your words are still here.'
      context.addIssue({ code: 'custom', message })
      return z.NEVER
    }
  })

/** The fields of the story form, read into a copy. */
export const copyFields = {
  headline: headlineField,
  kicker: optionalLine('The kicker', 60),
  standfirst: wordsField('The standfirst', 600).default('').transform(orNull),
  dateline: optionalLine('The dateline', 80),
  sectionId: sectionField,
  slug: lineField('The address', 200).default(''),
  body: bodyField,
}

export function copyOf(fields: Omit<Copy, 'slug'> & { slug: string }): Copy {
  const { headline, kicker, standfirst, dateline, sectionId, slug, body } = fields
  return { headline, kicker, standfirst, dateline, sectionId, slug: slugFor(slug, headline), body }
}
