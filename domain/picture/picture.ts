import { isBlankText } from '../body/inline'
import { nameKey } from '../copy/name'
import type { AsItCame, Told } from './as-it-came'
import { sourceTypeAddress, sourceTypeOf } from './digital-source-types'
import type { IngestedPicture } from './ingested'
import type { Labels } from './look'
import {
  pictureFieldKeys,
  pictureFields,
  type DeskFields,
  type PictureField,
  type PictureTexts,
} from './picture-fields'
import type { FocalPoint } from './renditions'
import { licenceNames, licences, refusalAt, type Lease, type Rights, type RightsRefusal } from './rights'

/** A picture of the library. */
export type Picture = Omit<IngestedPicture, 'format'> & {
  id: number
  format: IngestedPicture['format']
  desk: DeskFields
  rights: Rights
  /** Without those that were ended by hand. */
  leases: Lease[]
  focus: FocalPoint
  /** Count the changes of the fields, and of the rights. */
  version: number
  rightsVersion: number
  savedAt: Date
  savedByName: string
  rightsSavedByName: string
  uploadedAt: Date
  uploadedById: number | null
  uploadedByName: string
  lastUsedAt: Date | null
}

/** What a file says of its picture, field by field; empty where it says nothing. */
export function textsAsTheyCame(told: Told): PictureTexts {
  const { location, city, province, country } = told
  return {
    caption: told.caption ?? '',
    credit: told.credit ?? '',
    byline: told.creators ?? [],
    source: told.source ?? '',
    copyright: told.copyright ?? '',
    alt: told.altText ?? '',
    decorative: false,
    instructions: [told.instructions, told.usageTerms].filter(Boolean).join('\n'),
    takenWhen: told.takenAt ?? '',
    takenWhere: [location, city, province, country].filter(Boolean).join(', '),
    people: told.people ?? [],
    keywords: told.keywords ?? [],
    sourceType: sourceTypeOf(told.digitalSourceType) ?? '',
  }
}

/** What holds of a picture: the desk’s where it said something, else as it came. A decorative picture has no alt text. */
export function textsOf(desk: DeskFields, told: Told): PictureTexts {
  const came = textsAsTheyCame(told)
  const texts = Object.fromEntries(pictureFieldKeys.map((field) => [field, desk[field] ?? came[field]]))
  return (desk.decorative === true ? { ...texts, alt: '' } : texts) as PictureTexts
}

export const textsOfPicture = ({ desk, asItCame }: { desk: DeskFields; asItCame: AsItCame }): PictureTexts =>
  textsOf(desk, asItCame.told)

/** What the desk says that is not as it came anyway. */
export function deskFieldsOf(texts: PictureTexts, told: Told): DeskFields {
  const came = textsAsTheyCame(told)
  const own = (field: PictureField) => (isSameText(texts[field], came[field]) ? null : texts[field])
  const desk = Object.fromEntries(pictureFieldKeys.map((field) => [field, own(field)])) as DeskFields
  // As it came, a decorative picture would have the alt text of its file again.
  return texts.decorative ? { ...desk, alt: null } : desk
}

export const isSameText = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

/** The fields in which two versions differ, in order. */
export const changedFieldsOf = (before: PictureTexts, after: PictureTexts): PictureField[] =>
  pictureFieldKeys.filter((field) => !isSameText(before[field], after[field]))

/** A field as text, for conflicts and the history. */
export function fieldOfPictureAsText(texts: PictureTexts, field: PictureField): string {
  const value = texts[field]
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return Array.isArray(value) ? value.join(', ') : value
}

export const pictureFieldsAsText = (texts: PictureTexts, fields: readonly PictureField[] = pictureFieldKeys) =>
  Object.fromEntries(fields.map((field) => [pictureFields[field].name, fieldOfPictureAsText(texts, field)]))

const MAX_NAME_LENGTH = 60

/** What a picture is called in sentences: the beginning of its caption, else its file, else its number. */
export function pictureName({
  id,
  fileName,
  texts,
}: {
  id: number
  fileName: string | null
  texts: Pick<PictureTexts, 'caption'>
}): string {
  const line = [texts.caption, fileName ?? '']
    .map((text) => text.trim().split('\n')[0] ?? '')
    .find((text) => !isBlankText(text))
  if (line === undefined) return `picture ${id}`
  const short = line.length > MAX_NAME_LENGTH ? `${line.slice(0, MAX_NAME_LENGTH).toWellFormed().trimEnd()}…` : line
  return `“${short}”`
}

export const nameOf = (picture: Picture): string => pictureName({ ...picture, texts: textsOfPicture(picture) })

/** What is written into the bytes of renditions. */
export function labelsOf({ credit, copyright, byline, alt, sourceType }: PictureTexts): Labels {
  return {
    credit: credit || null,
    copyright: copyright || null,
    creators: byline,
    alt: alt || null,
    digitalSourceType: sourceType === '' ? null : sourceTypeAddress(sourceType),
  }
}

/** The line under a picture. */
export const creditLine = (texts: Parameters<typeof creditParts>[0]): string => creditParts(texts).join(' / ')

/** Byline, credit and source in this order, each once, however it is spelt; who is named in another is not named again. */
export function creditParts({ byline, credit, source }: Pick<PictureTexts, 'byline' | 'credit' | 'source'>): string[] {
  const parts = [...byline, credit, source].filter((part) => !isBlankText(part))
  const keys = parts.map((part) => nameKey(part.replace(/\p{Default_Ignorable_Code_Point}/gu, '')))
  return parts.filter((_part, at) => {
    const key = keys[at] ?? ''
    return !keys.some((other, place) => place !== at && (other === key ? place < at : containsName(other, key)))
  })
}

/** Whether a name stands in a longer one as words of its own. */
function containsName(longer: string, name: string): boolean {
  const at = longer.indexOf(name)
  if (name === '' || at === -1 || longer === name) return false
  const isLetter = (character: string | undefined) => character !== undefined && /[\p{L}\p{N}]/u.test(character)
  return !isLetter(longer[at - 1]) && !isLetter(longer[at + name.length])
}

export const refusalOf = ({ rights, leases }: Pick<Picture, 'rights' | 'leases'>, at: Date): RightsRefusal | null =>
  refusalAt(rights.category, leases, at)

/**
 * What a file says about its rights, for the desk to confirm: nothing is cleared by it. Null: it says nothing, or that it may not be used just so.
 */
export function proposedRights(told: Told): Pick<Rights, 'category' | 'licence'> | null {
  const licence = licenceNames.find((name) => isSameAddress(licences[name], told.webStatement ?? ''))
  if (licence !== undefined) return { category: 'creative-commons', licence }
  const isPublic = told.marked === false || /^public ?domain$/iu.test((told.copyright ?? '').slice(0, 20).trim())
  return isPublic ? { category: 'public-domain', licence: null } : null
}

/** With http or https, with or without a slash at the end. */
const isSameAddress = (one: string, other: string) => {
  const bare = (address: string) =>
    address
      .slice(0, 200)
      .trim()
      .toLowerCase()
      .replace(/^https?:\/\//u, '')
      .replace(/\/$/u, '')
  return bare(one) === bare(other)
}

/**
 * What a file says about when its picture may be used, as denials of every other time: that it may be used at all somebody has to say. The desk may end
 * them.
 */
export function leasesAsTheyCame(told: Told): Omit<Lease, 'id'>[] {
  const from = latest([told.releaseDate, told.licenseStartDate])
  const until = earliest([told.expirationDate, told.licenseEndDate])
  const denied = { kind: 'deny', note: AS_IT_CAME } as const
  return [
    ...(from === null ? [] : [{ ...denied, from: null, until: from }]),
    ...(until === null ? [] : [{ ...denied, from: until, until: null }]),
  ]
}

const AS_IT_CAME = 'So it came in the file.'

/** A day without a time ends with the day, in UTC. */
const endOf = (day: string) => new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000)
const momentOf = (text: string, isEnd: boolean): Date | null => {
  const at = /^\d{4}-\d{2}-\d{2}$/u.test(text)
    ? isEnd
      ? endOf(text)
      : new Date(`${text}T00:00:00Z`)
    : new Date(/(?:Z|[+-]\d{2}:\d{2})$/u.test(text) ? text : `${text}Z`)
  return Number.isNaN(at.getTime()) ? null : at
}
const moments = (texts: (string | undefined)[], isEnd: boolean) =>
  texts.flatMap((text) => (text === undefined ? [] : (momentOf(text, isEnd) ?? []))).map(Number)
const latest = (texts: (string | undefined)[]) => {
  const found = moments(texts, false)
  return found.length === 0 ? null : new Date(Math.max(...found))
}
const earliest = (texts: (string | undefined)[]) => {
  const found = moments(texts, true)
  return found.length === 0 ? null : new Date(Math.min(...found))
}
