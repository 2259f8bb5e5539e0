import { sanitizeText } from '../body/body'

/** What was typed as one line of words: no line breaks, no control characters, no spaces around. */
export const toLine = (typed: string) =>
  sanitizeText(typed)
    .replace(/\s*[\n\t]\s*/gu, ' ')
    .trim()

/** What was typed as one or more lines of words. */
export const toText = (typed: string) => sanitizeText(typed.replace(/\r\n?/gu, '\n')).trim()
