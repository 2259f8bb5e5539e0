import { sanitizeText } from '../body/inline'

/** Typed text as one line: without line breaks, control characters and surrounding spaces. */
export const toLine = (typed: string) =>
  sanitizeText(typed)
    .replace(/\s*[\n\t]\s*/gu, ' ')
    .trim()

/** Typed text as one or more lines. */
export const toText = (typed: string) => sanitizeText(typed.replace(/\r\n?/gu, '\n')).trim()
