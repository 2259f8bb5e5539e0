/** Text with its marks, and line breaks: the content of a textblock. */
export type Inline = { type: 'text'; text: string; marks: Mark[] } | { type: 'hardBreak' }
export type Mark = { type: PlainMark } | { type: 'link'; attrs: { href: string } }

/** The marks without attributes and their HTML elements, in the order of the editor. */
export const markElements = {
  bold: 'strong',
  italic: 'em',
  strike: 's',
  superscript: 'sup',
  subscript: 'sub',
} as const

export type PlainMark = keyof typeof markElements

export const isPlainMark = (type: string): type is PlainMark => Object.hasOwn(markElements, type)

/** Every mark, in the order of the editor. */
export const markTypes: readonly string[] = ['link', ...Object.keys(markElements)]

/** The characters as they were typed, whatever their marks. For what readers may get as plain text: `plainInline`. */
export const inlineText = (content: Inline[]): string =>
  content.map((part) => (part.type === 'hardBreak' ? '\n' : part.text)).join('')

/** Spaces of every width, the empty Braille pattern, and what Unicode says is not shown: joiners, fillers, soft hyphens, marks of direction. */
const BLANK = /^[\s\u2800\p{Default_Ignorable_Code_Point}]*$/u

/** Whether nobody would see any of it. */
export const isBlankText = (text: string): boolean => BLANK.test(text)

/** The addresses that a link may have. Anything else (javascript:, data:, //host) is shown as text. */
export function isSafeLink(href: string): boolean {
  if (/[\u0000-\u0020\u007f]/u.test(href)) return false
  if (/^(?:\/(?![/\\])|#)/u.test(href)) return true
  return /^(?:https?:\/\/[^/]|mailto:.|tel:.)/iu.test(href) && URL.canParse(href)
}

/**
 * Text that XML, JSON and Postgres can all hold: no U+0000, no control characters but tab and line feed, no lone surrogates. Other ends of lines
 * become line feeds: between them are two words.
 */
export function sanitizeText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?|[\u000b\u000c]/gu, '\n')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f\ufffe\uffff]/gu, '')
}
