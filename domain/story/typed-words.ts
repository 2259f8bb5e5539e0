import { readableText } from '../body/body'

/** What was typed as one line of words: no line breaks, no control characters, no spaces around. */
export const asLine = (typed: string) =>
  readableText(typed)
    .replace(/\s*[\n\t]\s*/gu, ' ')
    .trim()

/** What was typed as one or more lines of words. */
export const asWords = (typed: string) => readableText(typed.replace(/\r\n?/gu, '\n')).trim()
