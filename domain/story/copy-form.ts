import { z } from 'zod'
import { refuse } from '../refusal'
import { UnreadableBody, type Body } from '../body/body'
import { readBody } from '../body/body-reader'
import { slugFor, type Copy } from './story'
import { asLine, asWords } from './typed-words'

/** The longest headline we keep, in characters; the desk's own limit, far over any page's. */
export const LONGEST_HEADLINE = 300

/** An id as a form or an address sends it. */
export const idField = z.coerce.number('Choose one from the list.').int().positive().max(Number.MAX_SAFE_INTEGER)

/** One line of words. */
export const lineField = (name: string, longest: number) =>
  z
    .string()
    .transform(asLine)
    .refine((line) => line.length <= longest, tooLong(name, longest))

/** One or more lines of words. */
export const wordsField = (name: string, longest: number) =>
  z
    .string()
    .transform(asWords)
    .refine((words) => words.length <= longest, tooLong(name, longest))

const LONGEST_REASON = 1000

/** Why something is done, for the newsroom; where none is given, `without` says what to do. */
export const reasonField = (without: string) =>
  wordsField('The reason', LONGEST_REASON).refine((words) => words !== '', without)

const tooLong = (name: string, longest: number) => `${name} is longer than ${longest.toLocaleString('en')} characters.`

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

const LONGEST = { kicker: 60, standfirst: 600, dateline: 80 } as const

/** The fields of the story form, read into a copy. */
export const copyFields = {
  headline: headlineField,
  kicker: optionalLine('The kicker', LONGEST.kicker),
  standfirst: wordsField('The standfirst', LONGEST.standfirst).default('').transform(orNull),
  dateline: optionalLine('The dateline', LONGEST.dateline),
  sectionId: sectionField,
  slug: lineField('The address', 200).default(''),
  body: bodyField,
}

export function copyOf(fields: Omit<Copy, 'slug'> & { slug: string }): Copy {
  const { headline, kicker, standfirst, dateline, sectionId, slug, body } = fields
  return { headline, kicker, standfirst, dateline, sectionId, slug: slugFor(slug, headline), body }
}

/** What is too long to be published, in a sentence for its field. While a story is being written, lengths are advice: no word is refused. */
export function overlong({ headline, kicker, standfirst, dateline }: Copy): Record<string, string[]> {
  const fields: [field: string, name: string, words: string | null, longest: number][] = [
    ['headline', 'The headline', headline, LONGEST_HEADLINE],
    ['kicker', 'The kicker', kicker, LONGEST.kicker],
    ['standfirst', 'The standfirst', standfirst, LONGEST.standfirst],
    ['dateline', 'The dateline', dateline, LONGEST.dateline],
  ]
  return Object.fromEntries(
    fields.flatMap(([field, name, words, longest]) =>
      (words ?? '').length > longest ? [[field, [tooLong(name, longest)]]] : [],
    ),
  )
}

/** @throws Refused, with a sentence for each field */
export function refuseOverlong(copy: Copy) {
  const fields = overlong(copy)
  if (Object.keys(fields).length > 0) refuse({ kind: 'invalid', fields })
}
