import { z } from 'zod'
import { MAX_NAME_LENGTH, MAX_NAMES, parseNames } from '../taxonomy/name'
import { refuse } from '../refusal'
import { BodyLimitExceeded, type Body } from '../body/body'
import { parseBody } from '../body/body-parser'
import { slugFor, type Copy } from '../story/story'
import { toLine, toText } from '../form/typed-text'

/** The longest headline we keep, in characters; the desk's own limit, far over any page's. */
export const MAX_HEADLINE_LENGTH = 300

/** An id as a form or an address sends it. */
export const idField = z.coerce.number('Choose one from the list.').int().positive().max(Number.MAX_SAFE_INTEGER)

/** One line of words. */
export const lineField = (name: string, max: number) =>
  z
    .string()
    .transform(toLine)
    .refine((line) => line.length <= max, tooLong(name, max))

/** One or more lines of words. */
export const textField = (name: string, max: number) =>
  z
    .string()
    .transform(toText)
    .refine((text) => text.length <= max, tooLong(name, max))

const MAX_REASON_LENGTH = 1000

/** Why something is done, for the newsroom; where none is given, `without` says what to do. */
export const reasonField = (without: string) =>
  textField('The reason', MAX_REASON_LENGTH).refine((text) => text !== '', without)

const tooLong = (name: string, max: number) => `${name} is longer than ${max.toLocaleString('en')} characters.`

const emptyToNull = (text: string) => (text === '' ? null : text)
const optionalLineField = (name: string, max: number) => lineField(name, max).default('').transform(emptyToNull)

export const headlineField = lineField('The headline', MAX_HEADLINE_LENGTH)
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

/** Names, as a form sends them in one line. A form that does not ask for them leaves them as they are. */
const namesField = (name: string) =>
  z
    .string()
    .transform(parseNames)
    .superRefine((names, context) => {
      for (const message of nameProblems(name, names)) context.addIssue({ code: 'custom', message })
    })
    .optional()

const nameProblems = (name: string, names: string[]) => [
  ...names
    .filter((one) => one.length > MAX_NAME_LENGTH)
    .map((one) => tooLong(`“${one.slice(0, 30)}…”`, MAX_NAME_LENGTH)),
  ...(names.length > MAX_NAMES ? [`${name} are more than ${MAX_NAMES}.`] : []),
]

const MAX_LENGTH = { kicker: 60, standfirst: 600, dateline: 80 } as const

/** The fields of the story form, read into a copy. */
export const copyFields = {
  headline: headlineField,
  kicker: optionalLineField('The kicker', MAX_LENGTH.kicker),
  standfirst: textField('The standfirst', MAX_LENGTH.standfirst).default('').transform(emptyToNull),
  dateline: optionalLineField('The dateline', MAX_LENGTH.dateline),
  sectionId: sectionField,
  slug: lineField('The address', 200).default(''),
  body: bodyField,
  authors: namesField('The authors'),
  topics: namesField('The topics'),
}

type Fields = Omit<Copy, 'authors' | 'topics'> & { authors?: string[] | undefined; topics?: string[] | undefined }

/** @param before what the draft says: its names stay where the form does not ask for any */
export function copyFromForm(fields: Fields, before: Copy): Copy {
  const { headline, kicker, standfirst, dateline, sectionId, slug, body } = fields
  const { authors = before.authors, topics = before.topics } = fields
  return { headline, kicker, standfirst, dateline, sectionId, slug: slugFor(slug, headline), body, authors, topics }
}

/** What is too long to be published, in a sentence for its field. While a story is being written, lengths are advice: no word is refused. */
export function lengthProblems({
  headline,
  kicker,
  standfirst,
  dateline,
  authors,
  topics,
}: Copy): Record<string, string[]> {
  const fields: [field: string, name: string, words: string | null, longest: number][] = [
    ['headline', 'The headline', headline, MAX_HEADLINE_LENGTH],
    ['kicker', 'The kicker', kicker, MAX_LENGTH.kicker],
    ['standfirst', 'The standfirst', standfirst, MAX_LENGTH.standfirst],
    ['dateline', 'The dateline', dateline, MAX_LENGTH.dateline],
  ]
  const names = { authors: nameProblems('The authors', authors), topics: nameProblems('The topics', topics) }
  return Object.fromEntries([
    ...fields.flatMap(([field, name, text, max]) => ((text ?? '').length > max ? [[field, [tooLong(name, max)]]] : [])),
    ...Object.entries(names).filter(([, problems]) => problems.length > 0),
  ])
}

/** @throws Refused, with a sentence for each field */
export function refuseTooLong(copy: Copy) {
  const fields = lengthProblems(copy)
  if (Object.keys(fields).length > 0) refuse({ kind: 'invalid', fields })
}
