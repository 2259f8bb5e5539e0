/** Longer than any caption; the rest is cut. Characters. */
const MAX_LENGTH = 20_000

/** Characters without a form of their own that reorder text, or separate nothing: overrides and isolates, zero-width space, word joiner, byte order mark. */
const INVISIBLE = /[\u200B\u2060\uFEFF\u202A-\u202E\u2066-\u2069]/gu
const CONTROL = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/gu

/** The characters of CP-1252 from 0x80 to 0x9F. Node's decoder of that name reads Latin-1 in some versions. */
const CP1252 =
  '\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178'
const fromC1 = (character: string) => CP1252[(character.codePointAt(0) ?? 0) - 0x80] ?? ''

/** Latin-1, and CP-1252 where that has letters and Latin-1 has none. */
export const decodeLatin = (bytes: Uint8Array) =>
  Buffer.from(bytes)
    .toString('latin1')
    .replaceAll(/[\u0080-\u009F]/gu, fromC1)

/** A text of a file as it may be stored and shown; undefined where nothing is left. */
export function cleanText(text: string): string | undefined {
  const cleaned = text
    .slice(0, 2 * MAX_LENGTH)
    .replaceAll(/\r\n?/gu, '\n')
    .replaceAll('\t', ' ')
    .replaceAll(/[\u0080-\u009F]/gu, fromC1)
    .replaceAll(INVISIBLE, '')
    .replaceAll(CONTROL, '')
    // Lone surrogates, which Postgres refuses.
    .replaceAll(/\p{Surrogate}/gu, '\u{FFFD}')
    .trim()
    .slice(0, MAX_LENGTH)
  return cleaned === '' ? undefined : cleaned
}

/** A text of one line. */
export const cleanLine = (text: string) => cleanText(text)?.replaceAll(/\s+/gu, ' ')

const MAX_ITEMS = 200

/** The texts of a list, each once; undefined where there is none. */
export function cleanList(texts: readonly string[]): string[] | undefined {
  const cleaned = texts.map(cleanLine).filter((text) => text !== undefined)
  return cleaned.length === 0 ? undefined : [...new Set(cleaned)].slice(0, MAX_ITEMS)
}

/** Bytes of a text whose encoding is not known: UTF-8 where it is valid, else CP-1252, which has Latin-1's letters. */
export function decodeUnknown(bytes: Uint8Array): string {
  try {
    return STRICT_UTF8.decode(bytes)
  } catch {
    // Cut at the limit of its field, in the middle of a character.
    for (const cut of [1, 2, 3])
      if (isCutCharacter(bytes, cut)) {
        try {
          return STRICT_UTF8.decode(bytes.subarray(0, -cut))
        } catch {
          break
        }
      }
    return decodeLatin(bytes)
  }
}

const STRICT_UTF8 = new TextDecoder('utf-8', { fatal: true })

/** Whether the last bytes begin a character of UTF-8 that has more, after other characters of more than one byte. */
function isCutCharacter(bytes: Uint8Array, cut: number): boolean {
  const first = bytes.at(-cut) ?? 0
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0
  return length > cut && bytes.subarray(0, -cut).some((byte) => byte >= 0x80)
}

/** A date and perhaps a time, as files write them: `2009:06:24 09:41:07`, `20090624`, `2017-07-13T17:01:00+02:00`; undefined where it is none. */
export function cleanDate(text: string | undefined, time = '', offset = ''): string | undefined {
  const [, year, month, day, hour, minute, second, zone] =
    DATE.exec(`${text?.trim() ?? ''}${time === '' ? '' : `T${time}`}${offset}`) ?? []
  if (year === undefined || month === undefined || day === undefined) return undefined
  const date = `${year}-${month}-${day}`
  if (new Date(`${date}T00:00:00Z`).toJSON()?.slice(0, 10) !== date) return undefined
  if (hour === undefined || minute === undefined || Number(hour) > 23 || Number(minute) > 59) return date
  const colon = zone === undefined || zone === 'Z' ? (zone ?? '') : `${zone.slice(0, 3)}:${zone.slice(-2)}`
  const isUtc = /^[+-]00:00$/u.test(colon)
  return `${date}T${hour}:${minute}:${second ?? '00'}${isUtc ? 'Z' : colon}`
}

const DATE = /^(\d{4})[:-]?(\d\d)[:-]?(\d\d)(?:[T ](\d\d):?(\d\d)(?::?([0-5]\d))?(?:\.\d+)? ?(Z|[+-]\d\d:?\d\d)?)?$/u
