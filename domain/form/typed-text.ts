import { sanitizeText } from '../body/inline'

/** Typed text as one line: without line breaks, control characters and surrounding spaces. */
export const toLine = (typed: string) =>
  typed
    .split(/[\t\n\r\u000b\u000c]/u)
    .map((part) => sanitizeText(part).trim())
    .filter((part) => part !== '')
    .join(' ')

/** Typed text as one or more lines. */
export const toText = (typed: string) => sanitizeText(typed.replace(/\r\n?/gu, '\n')).trim()

/** More combining marks on one character are left out: normalizing takes quadratic time in their number (UAX #15, Stream-Safe Text Format). */
const MAX_COMBINING_MARKS = 30

/** Normalized text in linear time. */
export function normalizedText(text: string, form: 'NFC' | 'NFKC' | 'NFKD'): string {
  let marks = 0
  const isBounded = (character: string) => {
    marks = /\p{M}/u.test(character) ? marks + 1 : 0
    return marks <= MAX_COMBINING_MARKS
  }
  const bounded = /\p{M}{31}/u.test(text) ? [...text].filter(isBounded).join('') : text
  return bounded.normalize(form)
}
