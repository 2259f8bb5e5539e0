import { z } from 'zod'
import { toLine, toText } from './typed-text'

/** An id in a form or an address. */
export const idField = z.coerce.number('Choose one from the list.').int().positive().max(Number.MAX_SAFE_INTEGER)

/**
 * Text as it arrives, refused before any work on it when it is far longer than what is kept of it: spaces around and between lines are not kept.
 * @param max characters that are kept
 */
export const typedField = (name: string, max: number) =>
  z.string().max(max * 4 + 10_000, { error: tooLong(name, max), abort: true })

/** @param max characters */
export const lineField = (name: string, max: number) =>
  typedField(name, max)
    .transform(toLine)
    .refine((line) => line.length <= max, tooLong(name, max))

/** One or more lines. @param max characters */
export const textField = (name: string, max: number) =>
  typedField(name, max)
    .transform(toText)
    .refine((text) => text.length <= max, tooLong(name, max))

const MAX_REASON_LENGTH = 1000

/** The reason for an act, kept in the history. @param without the message where none is given */
export const reasonField = (without: string) =>
  textField('The reason', MAX_REASON_LENGTH).refine((text) => text !== '', without)

const numberFormat = new Intl.NumberFormat('en')

export const tooLong = (name: string, max: number) => `${name} is longer than ${numberFormat.format(max)} characters.`
