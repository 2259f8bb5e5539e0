export type WireCopy = { stories: WireStory[]; headlines: WireHeadline[] }

/** `headline` is the title line above the story, if any; `line` is where the story begins, title included. */
export type WireStory = { headline: string | null; paragraphs: string[]; line: number }
export type WireHeadline = { text: string; line: number }

/** `line` counts from 1 by CR, LF or CRLF, as a text field does; `problem` reads well after "Line 7: ". */
export type UnreadableWireCopy = { ok: false; line: number; problem: string }
export type WireCopyReading = { ok: true; copy: WireCopy } | UnreadableWireCopy

/** In UTF-16 units. The text limit admits files of 2 MB in any encoding: a text never has more units than its file has bytes. */
export const wireCopyLimits = { text: 3_000_000, line: 20_000, headline: 200 } as const

/** Single blank lines have no meaning. */
const BLANK_LINES_THAT_DIVIDE = 2

/**
 * Parses the stories and headlines of a plain text: the first edition, or text that an editor pastes.
 *
 * The grammar, line by line:
 *
 *     text      = block, { two or more blank lines, block }
 *     block     = { headline | story }             in any order
 *     story     = [ title ], paragraph, { paragraph }
 *     title     = the last headline directly above a paragraph of the same block
 *     headline, paragraph = one line each; lines are never joined
 *
 * The ending of a line decides what it is, without closing quotes, brackets and spaces.
 *
 * - A full stop ends a paragraph. The dots of an ellipsis or an abbreviation (U.S., p.m., Jr., Inc.) are no full stop.
 * - Any other mark (? ! : ; , … a dash, an abbreviation) may end either. Over 200 characters, or directly below a paragraph
 *   of its block, the line is a paragraph; otherwise it is a headline.
 * - No mark ends a headline. A line over 200 characters is none: directly below a paragraph it is a paragraph whose full stop is
 *   missing; anywhere else it is refused, because it would turn the headline above it into a title.
 *
 * So a line without a full stop inside a story begins the next story: wire copy has no subheadings.
 *
 * Spaces and tabs inside a line are kept. Spaces around it, a byte order mark and control characters are removed. Vertical tab, form feed,
 * U+001C to U+001F, U+2028 and U+2029 end a line without counting as one.
 *
 * @returns the copy, or the first line that cannot be read: nothing visible, a damaged character (half a surrogate pair, U+FFFD,
 * U+0080 to U+009F), a line over 20,000 characters, a text over 3,000,000, or a line that is neither headline nor paragraph
 */
export function readWireCopy(text: string): WireCopyReading {
  if (text.length > wireCopyLimits.text)
    return unreadable(lineAt(text, wireCopyLimits.text), tooLongProblem('text', text.length))

  const copy: WireCopy = { stories: [], headlines: [] }
  let above: Above = 'nothing'
  let lineAbove = 0

  for (const [index, rawLine] of text.split(LINE_END).entries()) {
    const line = index + 1
    const problem = problemOf(rawLine)
    if (problem) return unreadable(line, problem)

    for (const visible of visibleLines(rawLine)) {
      if (line - lineAbove > BLANK_LINES_THAT_DIVIDE) above = 'nothing'
      const kind = kindOf(visible, above)
      if (kind === 'neither') return unreadable(line, neitherProblem(visible))
      if (kind === 'headline') copy.headlines.push({ text: visible, line })
      else if (above === 'paragraph') copy.stories.at(-1)?.paragraphs.push(visible)
      else copy.stories.push(storyOf(above === 'headline' ? copy.headlines.pop() : undefined, visible, line))
      above = kind
      lineAbove = line
    }
  }

  if (lineAbove === 0)
    return unreadable(1, 'There is nothing to read here. Paste a story, or a list of headlines with one to a line.')
  return { ok: true, copy }
}

type Kind = 'headline' | 'paragraph'
type Above = Kind | 'nothing'

const LINE_END = /\r\n|\r|\n/u
const LINE_END_IN_A_LINE = /[\v\f\u001c-\u001f\u2028\u2029]/u
/** Half a surrogate pair, the replacement character, and the range of wrongly decoded Windows-1252 quotes. */
const DAMAGED = /[\p{Surrogate}\ufffd\u0080-\u009f]/u
const CONTROL = /[\u0000-\u0008\u000e-\u001b\u007f\ufffe\uffff]/gu
const VISIBLE = /[^\s\p{Default_Ignorable_Code_Point}]/u

function problemOf(line: string): string | null {
  if (line.length > wireCopyLimits.line) return tooLongProblem('line', line.length)
  const damaged = DAMAGED.exec(line)?.[0]
  if (damaged === undefined) return null
  return (
    `A character is damaged here (${codePoint(damaged)}), often because the text was not kept as UTF-8. ` +
    'Copy this line again from where it comes from, or type that character anew.'
  )
}

function visibleLines(line: string): string[] {
  return line
    .split(LINE_END_IN_A_LINE)
    .map((text) => text.replace(CONTROL, '').trim())
    .filter((text) => VISIBLE.test(text))
}

function kindOf(text: string, above: Above): Kind | 'neither' {
  const tooLongForHeadline = text.length > wireCopyLimits.headline
  switch (endingOf(text)) {
    case 'full stop':
      return 'paragraph'
    case 'other mark':
      return tooLongForHeadline || above === 'paragraph' ? 'paragraph' : 'headline'
    case 'no mark':
      if (!tooLongForHeadline) return 'headline'
      return above === 'paragraph' ? 'paragraph' : 'neither'
  }
}

const CLOSING = /[\s\p{Default_Ignorable_Code_Point}\p{Quotation_Mark}\p{Close_Punctuation}\p{Final_Punctuation}]/u
const ASKING_OR_EXCLAIMING = /[!?‼⁇⁈⁉‽؟！？﹖﹗⸮՜՞]/u
const OTHER_MARK = /[\p{Terminal_Punctuation}\p{Dash_Punctuation}…‥]/u
const ELLIPSIS_OR_ABBREVIATION = /\.\.$|(?:^|[^\p{Letter}])(?:(?:\p{Letter}\.){2,}|(?:Jr|Sr|Inc|Corp|Co|Ltd)\.)$/u
/** Characters; a bound keeps a line of dots cheap. */
const LONGEST_ABBREVIATION = 24

function endingOf(text: string): 'full stop' | 'other mark' | 'no mark' {
  let end = text.length
  let mark = characterBefore(text, end)
  while (end > 0 && CLOSING.test(mark)) {
    end -= mark.length
    mark = characterBefore(text, end)
  }
  if (/\p{Sentence_Terminal}/u.test(mark) && !ASKING_OR_EXCLAIMING.test(mark)) {
    const lastWord = text.slice(Math.max(0, end - LONGEST_ABBREVIATION), end)
    return ELLIPSIS_OR_ABBREVIATION.test(lastWord) ? 'other mark' : 'full stop'
  }
  return OTHER_MARK.test(mark) ? 'other mark' : 'no mark'
}

function characterBefore(text: string, end: number): string {
  const pair = text.slice(Math.max(0, end - 2), end)
  return (pair.codePointAt(0) ?? 0) > 0xffff ? pair : pair.slice(-1)
}

function storyOf(title: WireHeadline | undefined, paragraph: string, line: number): WireStory {
  return { headline: title?.text ?? null, paragraphs: [paragraph], line: title?.line ?? line }
}

function unreadable(line: number, problem: string): UnreadableWireCopy {
  return { ok: false, line, problem }
}

function tooLongProblem(what: 'text' | 'line', length: number): string {
  const advice = what === 'text' ? 'Paste it in parts.' : 'Divide it into paragraphs, one to a line.'
  return `This ${what} has ${count(length)} characters, and at most ${count(wireCopyLimits[what])} can be read. ${advice}`
}

function neitherProblem(text: string): string {
  return (
    `This line has ${count(text.length)} characters and no full stop at its end, so it is too long for a headline ` +
    `(at most ${count(wireCopyLimits.headline)}) and does not end like a paragraph. Shorten it, or end it with a full stop.`
  )
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset + 1).split(LINE_END).length
}

const numberFormat = new Intl.NumberFormat('en')

function count(number: number): string {
  return numberFormat.format(number)
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}
