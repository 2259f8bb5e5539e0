import type { Told } from '@/domain/picture/as-it-came'
import { cleanDate, cleanLine, cleanList, cleanText, decodeLatin, decodeUnknown } from '../text'

/** As exifreader returns them: one, or several where the field repeats. The values are bytes. */
type Field = { id: number; value: unknown }
export type IptcFields = Record<string, Field | Field[]>

/** Record and dataset (IIM 4.2). */
const ID = {
  encoding: 0x015a,
  title: 0x0205,
  urgency: 0x020a,
  category: 0x020f,
  keywords: 0x0219,
  releaseDate: 0x021e,
  releaseTime: 0x0223,
  expirationDate: 0x0225,
  expirationTime: 0x0226,
  instructions: 0x0228,
  dateCreated: 0x0237,
  timeCreated: 0x023c,
  creators: 0x0250,
  creatorsTitle: 0x0255,
  city: 0x025a,
  location: 0x025c,
  province: 0x025f,
  countryCode: 0x0264,
  country: 0x0265,
  reference: 0x0267,
  headline: 0x0269,
  credit: 0x026e,
  source: 0x0273,
  copyright: 0x0274,
  caption: 0x0278,
  captionWriter: 0x027a,
} as const

/** The escape sequences of 1:90 that name Latin-1: as its left or as its right half. */
const LATIN1_MARKERS = new Set(['\u001B-A', '\u001B.A'])

export function toldByIptc(fields: IptcFields): Told {
  const values = new Map<number, Uint8Array[]>()
  for (const field of Object.values(fields).flat()) {
    const bytes = bytesOf(field.value)
    if (bytes) values.set(field.id, [...(values.get(field.id) ?? []), bytes])
  }
  const marker = Buffer.from(values.get(ID.encoding)?.[0] ?? []).toString('latin1')
  const decode = (bytes: Uint8Array) =>
    LATIN1_MARKERS.has(marker) ? decodeLatin(bytes) : decodeUnknown(withoutPadding(bytes))
  const texts = (name: keyof typeof ID) => (values.get(ID[name]) ?? []).map(decode)
  const text = (name: keyof typeof ID) => texts(name)[0] ?? ''
  const time = (name: keyof typeof ID) => text(name).replace(/^(\d{6}).*?([+-]\d{4})?$/u, '$1$2')
  return withoutAbsent({
    headline: cleanLine(text('headline')),
    title: cleanLine(text('title')),
    caption: cleanText(text('caption')),
    captionWriter: cleanLine(texts('captionWriter').join(', ')),
    creators: cleanList(texts('creators')),
    creatorsTitle: cleanLine(text('creatorsTitle')),
    credit: cleanLine(text('credit')),
    source: cleanLine(text('source')),
    copyright: cleanLine(text('copyright')),
    instructions: cleanText(text('instructions')),
    keywords: cleanList(texts('keywords')),
    location: cleanLine(text('location')),
    city: cleanLine(text('city')),
    province: cleanLine(text('province')),
    country: cleanLine(text('country')),
    countryCode: cleanLine(text('countryCode')),
    reference: cleanLine(text('reference')),
    category: cleanLine(text('category')),
    urgency: cleanLine(text('urgency')),
    takenAt: cleanDate(text('dateCreated'), time('timeCreated')) ?? cleanDate(text('dateCreated')),
    releaseDate: cleanDate(text('releaseDate'), time('releaseTime')) ?? cleanDate(text('releaseDate')),
    expirationDate: cleanDate(text('expirationDate'), time('expirationTime')) ?? cleanDate(text('expirationDate')),
  })
}

function bytesOf(value: unknown): Uint8Array | null {
  if (typeof value === 'string') return Buffer.from(value, 'latin1')
  return Array.isArray(value) ? Uint8Array.from(value as number[]) : null
}

/** Some programs fill a field with NUL or spaces; then the end of a cut character is not the field's. */
function withoutPadding(bytes: Uint8Array): Uint8Array {
  let end = bytes.length
  while (end > 0 && (bytes[end - 1] === 0 || bytes[end - 1] === 0x20)) end -= 1
  return bytes.subarray(0, end)
}

export function withoutAbsent<Fields extends object>(fields: Fields): { [Name in keyof Fields]: Fields[Name] } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Fields
}
