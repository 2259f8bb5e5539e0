import { textblocksOf, textsOf, type Body } from '../body/body'
import { isBlankText, type Inline } from '../body/inline'
import { isReserved } from '../form/slug'
import {
  findPictureFlaws,
  isPictureFlaw,
  pictureFlawKey,
  pictureFlawSentence,
  pictureFlawSubject,
  type KnownPicture,
  type PictureFlaw,
} from './picture-flaws'
import { textFields, type Copy, type TextField } from './copy-fields'
import { withIsolatedText } from '@/lib/text-direction'

/** What stands between a copy and its publication. */
export type Gap = 'a headline' | 'a section' | Flaw

/** Text in a draft that readers must not see, with as much of it as is needed to find it. */
export type Flaw =
  | PictureFlaw
  /** `name`: the mark with the word before and the word behind it. */
  | { kind: 'unresolved'; where: TextField | 'body'; words: string; name: string }
  | { kind: 'empty-link'; words: string; href: string }
  | { kind: 'dead-link'; words: string; href: string }

/**
 * What a story lacks before it may be published. A body is not among it: a headline is a story.
 * @param known.deadLinks internal links of the body that lead nowhere (`findDeadLinks`)
 * @param known.pictures those of the copy that the library has (`findKnownPictures`)
 * @param known.accepted keys of flaws (`flawKey`) of which somebody said that they are none
 */
export function missingForPublication(copy: Copy, known: KnownOfFlaws = noneKnown): Gap[] {
  const gaps: Gap[] = []
  if (isBlankText(copy.headline)) gaps.push('a headline')
  if (copy.sectionId === null) gaps.push('a section')
  return [...gaps, ...findFlaws(copy, known)]
}

export type KnownOfFlaws = {
  deadLinks: ReadonlySet<string>
  accepted: ReadonlySet<string>
  pictures: ReadonlyMap<number, KnownPicture>
}
export const noneKnown: KnownOfFlaws = { deadLinks: new Set(), accepted: new Set(), pictures: new Map() }

/** Characters; a longer one is cut. */
export const MAX_FLAW_KEY_LENGTH = 2000

/** What a flaw is known by while the text around it changes: “TK 1951” stays the same flight in another sentence. */
export function flawKey(flaw: Flaw): string {
  if (isPictureFlaw(flaw)) return pictureFlawKey(flaw)
  switch (flaw.kind) {
    case 'unresolved':
      return `unresolved ${flaw.where} ${flaw.name}`.slice(0, MAX_FLAW_KEY_LENGTH)
    case 'empty-link':
      return `empty-link ${flaw.href} ${flaw.words}`.slice(0, MAX_FLAW_KEY_LENGTH)
    case 'dead-link':
      return `dead-link ${flaw.href}`.slice(0, MAX_FLAW_KEY_LENGTH)
  }
}

/** TK ("to come"), TKTK and so on in capitals, as a word of its own. Not XXX, which is also a number and a size. */
const UNRESOLVED = /(^|[^\p{L}\p{N}])((?:TK)+)(?![\p{L}\p{N}])/gu

/** @returns the range of each TK in the text, in UTF-16 units */
export function findUnresolved(text: string): { from: number; to: number }[] {
  return [...text.matchAll(UNRESOLVED)].map(({ index, 1: before = '', 2: mark = '' }) => {
    const from = index + before.length
    return { from, to: from + mark.length }
  })
}

/** More flaws are reported once these are fixed. */
const MAX_FLAWS = 20

/** Without those that were accepted. */
export function findFlaws(copy: Copy, { deadLinks, accepted, pictures }: KnownOfFlaws): Flaw[] {
  const texts: { where: TextField | 'body'; text: string }[] = [
    ...textFields.map((where) => ({ where, text: copy[where] ?? '' })),
    ...textsOf(copy.body).map((text) => ({ where: 'body' as const, text })),
  ]
  const unresolved = texts.flatMap(({ where, text }): Flaw[] =>
    findUnresolved(text).map(({ from, to }) => ({
      kind: 'unresolved',
      where,
      words: withContext(text, from, to),
      name: withNeighbours(text, from, to),
    })),
  )
  const links = findLinks(copy.body).flatMap(({ href, words }): Flaw[] => {
    if (isBlankText(words) || /^\/?#$/u.test(href)) return [{ kind: 'empty-link', href, words: words.trim() }]
    return deadLinks.has(href) ? [{ kind: 'dead-link', href, words }] : []
  })
  const acceptable = [...unresolved, ...links].filter((flaw) => !accepted.has(flawKey(flaw)))
  const open = [...acceptable, ...findPictureFlaws(copy, pictures)]
  return withoutDuplicates(open).slice(0, MAX_FLAWS)
}

/** Two TKs in one short line have the same sentence. */
const withoutDuplicates = (flaws: Flaw[]): Flaw[] => [
  ...new Map(flaws.map((flaw) => [flawSentence(flaw), flaw])).values(),
]

/** The links of a body with their texts. */
export function findLinks(body: Body | null): { href: string; words: string }[] {
  return body === null ? [] : textblocksOf(body).flatMap(({ content }) => linksOfLine(content))
}

function linksOfLine(content: Inline[]): { href: string; words: string }[] {
  const links: { href: string; words: string }[] = []
  let last: string | null = null
  for (const part of content) {
    const link = part.type === 'text' ? part.marks.find(({ type }) => type === 'link') : undefined
    const href = link?.type === 'link' ? link.attrs.href : null
    const words = part.type === 'text' ? part.text : ''
    const open = links.at(-1)
    if (href !== null && href === last && open) open.words += words
    else if (href !== null) links.push({ href, words })
    last = href
  }
  return links
}

/** An internal link to a story or a section; others are always there. */
export type InternalTarget = { storyId: number } | { section: string }

export function internalTarget(href: string): InternalTarget | null {
  const [path = ''] = href.split(/[?#]/u)
  const [, section = '', id] = /^\/([a-z0-9-]+)(?:\/[a-z0-9-]*?-?(\d{1,15}))?\/?$/u.exec(path) ?? []
  if (section === '' || isReserved(section)) return null
  return id === undefined ? { section } : { storyId: Number(id) }
}

/** Characters on either side. */
const CONTEXT_LENGTH = 24

function withContext(text: string, from: number, to: number): string {
  const [start, end] = [Math.max(0, from - CONTEXT_LENGTH), Math.min(text.length, to + CONTEXT_LENGTH)]
  return `${start > 0 ? '…' : ''}${text.slice(start, end).toWellFormed().trim()}${end < text.length ? '…' : ''}`
}

/** With the word before and the word behind, at most 40 characters of each. */
function withNeighbours(text: string, from: number, to: number): string {
  const before = text
    .slice(Math.max(0, from - 40), from)
    .split(/\s/u)
    .filter(Boolean)
    .at(-1)
  const behind = text
    .slice(to, to + 40)
    .split(/\s/u)
    .filter(Boolean)[0]
  return [before, text.slice(from, to), behind].filter(Boolean).join(' ').toWellFormed()
}

/** A flaw in a phrase, for the history and the button. */
export function flawSubject(found: Flaw): string {
  const flaw = withIsolatedText(found)
  if (isPictureFlaw(flaw)) return pictureFlawSubject(flaw)
  switch (flaw.kind) {
    case 'unresolved':
      return `“${flaw.name}” in the ${flaw.where}`
    case 'empty-link':
      return flaw.words === ''
        ? `the link to ${flaw.href} without words`
        : `the link “${flaw.words}” without an address`
    case 'dead-link':
      return `the link “${flaw.words}” to ${flaw.href}`
  }
}

/** Whether somebody who may publish can say that it is none. */
export const isAcceptable = (flaw: Flaw): boolean => !isPictureFlaw(flaw)

/** What to do about a flaw, for the checklist and the refusal. @param timeZone the newsroom’s */
export function flawSentence(found: Flaw, timeZone = 'UTC'): string {
  const flaw = withIsolatedText(found)
  if (isPictureFlaw(flaw)) return pictureFlawSentence(flaw, timeZone)
  switch (flaw.kind) {
    case 'unresolved':
      return `Resolve TK in the ${flaw.where}: “${flaw.words}”.`
    case 'empty-link':
      return flaw.words === ''
        ? `A link to ${flaw.href} has no words: remove it, or give it some.`
        : `The link “${flaw.words}” has no address.`
    case 'dead-link':
      return `The link “${flaw.words}” leads to ${flaw.href}, where readers find nothing.`
  }
}
