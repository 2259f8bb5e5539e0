/** Scripts written from right to left that are in use today (UAX #9, Unicode 16). */
const RIGHT_TO_LEFT =
  '\\p{Script=Adlam}\\p{Script=Arabic}\\p{Script=Hanifi_Rohingya}\\p{Script=Hebrew}\\p{Script=Mandaic}\\p{Script=Mende_Kikakui}\\p{Script=Nko}\\p{Script=Samaritan}\\p{Script=Syriac}\\p{Script=Thaana}'
const anyRightToLeft = new RegExp(`[${RIGHT_TO_LEFT}]`, 'u')
const rightToLeftLetters = new RegExp(`(?=\\p{L})[${RIGHT_TO_LEFT}]`, 'gu')
const letters = /\p{L}/gu

/** A letter or a mark that gives a direction (LRM, RLM, ALM). */
const firstStrong = /\p{L}|[\u200e\u200f\u061c]/u

/** The direction of most letters of a text; null: it has none. */
export function mainDirection(text: string): 'ltr' | 'rtl' | null {
  if (!anyRightToLeft.test(text)) return letterCount(text, /\p{L}/u) === 0 ? null : 'ltr'
  const fromRight = letterCount(text, rightToLeftLetters)
  return fromRight * 2 >= letterCount(text, letters) ? 'rtl' : 'ltr'
}

const letterCount = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0

/** The direction of the first letter or direction mark, as a browser finds it for `dir="auto"`. */
export function firstDirection(text: string): 'ltr' | 'rtl' {
  const [first = ''] = firstStrong.exec(text) ?? []
  return first === '\u200f' || first === '\u061c' || anyRightToLeft.test(first) ? 'rtl' : 'ltr'
}

/**
 * The value of the `dir` attribute for people's text: `auto`, by which a browser takes the direction of the first letter (HTML, “The dir attribute”),
 * or the direction of most letters where the first is another: a Latin name at the start of an Arabic line. A direction mark at the start decides.
 */
export function textDirection(text: string): 'auto' | 'ltr' | 'rtl' {
  if (!anyRightToLeft.test(text)) return 'auto'
  const [first = ''] = firstStrong.exec(text) ?? []
  if (/^[\u200e\u200f\u061c]/u.test(first)) return 'auto'
  const main = mainDirection(text)
  return main === null || (main === 'rtl') === anyRightToLeft.test(first) ? 'auto' : main
}

/** The language of the paper, a BCP 47 tag. */
export const paperLanguage = () => process.env.SITE_LANGUAGE || 'en'

/** Scripts that tell the language, and those that many languages share. Kana before Han: Japanese has both. */
const scripts: [script: RegExp, name: string, tag: string][] = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/gu, 'Jpan', 'ja'],
  [/\p{Script=Hangul}/gu, 'Kore', 'ko'],
  [/\p{Script=Han}/gu, 'Hani', 'und-Hani'],
  [/\p{Script=Arabic}/gu, 'Arab', 'und-Arab'],
  [/\p{Script=Hebrew}/gu, 'Hebr', 'und-Hebr'],
  [/\p{Script=Cyrillic}/gu, 'Cyrl', 'und-Cyrl'],
  [/\p{Script=Devanagari}/gu, 'Deva', 'und-Deva'],
  [/\p{Script=Greek}/gu, 'Grek', 'el'],
  [/\p{Script=Thai}/gu, 'Thai', 'th'],
  [/\p{Script=Armenian}/gu, 'Armn', 'hy'],
  [/\p{Script=Georgian}/gu, 'Geor', 'ka'],
  [/\p{Script=Latin}/gu, 'Latn', 'und-Latn'],
]

/** What a script's name in `Intl.Locale` covers beside itself. */
const sameScript: Record<string, string> = { Hans: 'Hani', Hant: 'Hani' }

/**
 * The `lang` of a text whose script is not that of the paper's language: the language where the script tells it, else the script alone (`und-Arab`:
 * Arabic, Persian, Urdu). Undefined: that of the paper.
 */
export function textLanguage(text: string, paper = paperLanguage()): string | undefined {
  if (/^[\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]*$/u.test(text) && paper === 'en') return undefined
  const all = letterCount(text, letters)
  const found = scripts.find(([script, , tag]) => letterCount(text, script) * (tag === 'ja' ? 6 : 2) > all)
  if (!found) return undefined
  const [, name, tag] = found
  const own = new Intl.Locale(paper).maximize().script ?? ''
  return (sameScript[own] ?? own) === name || (own === 'Jpan' && name === 'Hani') ? undefined : tag
}

/** Whether text is a BCP 47 tag. */
export function isLanguage(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1
  } catch {
    return false
  }
}

/** The attributes of an element that holds people's text. */
export const textAttributes = (text: string) => ({ dir: textDirection(text), lang: textLanguage(text) })

/** People's text inside a sentence of ours, where markup cannot isolate it (UAX #9: FSI and PDI). */
export const isolated = (text: string) => (anyRightToLeft.test(text) ? `\u2068${text}\u2069` : text)

/** A value whose strings are isolated, those of nested values too. */
export function withIsolatedText<Value>(value: Value): Value {
  if (typeof value === 'string') return isolated(value) as Value
  if (Array.isArray(value)) return value.map((one) => withIsolatedText(one)) as Value
  if (value === null || typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withIsolatedText(one)])) as Value
}
