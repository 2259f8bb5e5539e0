import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readWireCopy, type WireCopy } from './wire-copy'

type Item = { headline: string | null; paragraphs: string[] } | { headlines: string[] }

const word = fc.constantFrom(
  'Ossel',
  'kettle',
  '“rain”',
  '‘we’',
  'U.S.',
  '3.5',
  'Pell’s',
  'no.',
  'Łódka',
  '雨',
  'a\u00a0b',
  '🙂',
  'half-\u00adway',
  '—',
  'x',
)
const words = fc.array(word, { minLength: 1, maxLength: 12 }).map((some) => some.join(' '))
const headlineLine = fc
  .tuple(words, fc.constantFrom('Found', 'Lost’', 'Lost (Again)', 'Lost?', 'Found!', 'in the U.S.', '2028', '…'))
  .map((both) => both.join(' '))
const firstParagraph = fc
  .tuple(words, fc.constantFrom('it rained.', 'it rained.”', '(it rained.)', '.', 'rain。', 'U.S. rain.'))
  .map((both) => both.join(' '))
const laterParagraph = fc.oneof(
  firstParagraph,
  fc.tuple(words, fc.constantFrom('why?', 'look:', 'so –', 'the U.S.', '“eh?”')).map((both) => both.join(' ')),
)
const story = fc.record({
  headline: fc.option(headlineLine),
  paragraphs: fc
    .tuple(firstParagraph, fc.array(laterParagraph, { maxLength: 5 }))
    .map(([first, later]) => [first, ...later]),
})
const list = fc.record({ headlines: fc.array(headlineLine, { minLength: 1, maxLength: 5 }) })
const edition = fc.array(fc.oneof<fc.Arbitrary<Item>[]>(story, list), { minLength: 1, maxLength: 6 })

/** Differences of a text that do not change its meaning. */
const travel = fc.record({
  mark: fc.constantFrom('', '\ufeff'),
  lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
  space: fc.array(fc.constantFrom('', '\t', '  ', '\u00a0', ' \u2003\t', '\u0000'), { minLength: 1, maxLength: 7 }),
  strayBlankLines: fc.array(fc.boolean(), { minLength: 1, maxLength: 7 }),
  dividingLines: fc.array(fc.integer({ min: 2, max: 5 }), { minLength: 1, maxLength: 4 }),
  around: fc.tuple(fc.nat(3), fc.nat(3)),
})
type Travel = typeof travel extends fc.Arbitrary<infer Value> ? Value : never

/** Any text, rich in line ends, spaces, stops, quotes, control characters and halves of surrogate pairs. */
const unit = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom('\n', '\n\n\n', '\r', '\r\n', ' ', '\t', '\ufeff', '\u200b', '\u0000', '\u00a0'),
  },
  { weight: 4, arbitrary: fc.constantFrom('.', '?', '”', '…', '—', 'U.S.', 'Rain', 'it rained', 'R'.repeat(201)) },
  { weight: 3, arbitrary: fc.string({ unit: 'grapheme', maxLength: 4 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 3 }) },
)
const readableText = fc.array(unit, { maxLength: 60 }).map((units) => units.join(''))
const anyText = fc
  .array(
    fc.oneof(
      unit,
      fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
    ),
    { maxLength: 60 },
  )
  .map((units) => units.join(''))

test('a text is parsed the same with other spaces and line ends', () => {
  fc.assert(
    fc.property(edition, travel, (items, way) => {
      const reading = readWireCopy(print(items, way))
      expect(reading.ok && meaningOf(reading.copy)).toEqual({
        stories: items.filter((item) => 'paragraphs' in item),
        headlines: items.flatMap((item) => ('headlines' in item ? item.headlines : [])),
      })
    }),
    { numRuns: 400 },
  )
})

test('no word is lost, added or moved', () => {
  fc.assert(
    fc.property(readableText, (text) => {
      const reading = readWireCopy(text)
      if (reading.ok) expect(wordsOf(printed(reading.copy))).toEqual(wordsOf(text))
    }),
    { numRuns: 2000 },
  )
})

test('what was parsed, written and parsed again, is the same', () => {
  fc.assert(
    fc.property(readableText, (text) => {
      const first = readWireCopy(text)
      if (!first.ok) return
      const second = readWireCopy(printed(first.copy))
      expect(second.ok && meaningOf(second.copy)).toEqual(meaningOf(first.copy))
    }),
    { numRuns: 2000 },
  )
})

test('any text has a result, and every line number is one of the text', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const reading = readWireCopy(text)
      const lines = text.split(/\r\n|\r|\n/u).length
      const told = reading.ok
        ? [...reading.copy.stories, ...reading.copy.headlines].map(({ line }) => line)
        : [reading.line]
      expect(told.length).toBeGreaterThan(0)
      expect(told.every((line) => line >= 1 && line <= lines)).toBe(true)
    }),
    { numRuns: 2000 },
  )
})

test('a refusal names the line that cannot be read', () => {
  fc.assert(
    fc.property(
      edition,
      travel,
      fc.nat(),
      fc.constantFrom('\ud83d', '\ufffd', '\u0080', 'R'.repeat(20_001)),
      (items, way, place, flaw) => {
        const lines = print(items, { ...way, lineEnd: '\n' }).split('\n')
        const flawed = place % lines.length
        const reading = readWireCopy(lines.map((line, index) => (index === flawed ? line + flaw : line)).join('\r\n'))
        expect(reading).toMatchObject({ ok: false, line: flawed + 1 })
      },
    ),
  )
})

const twoMegabytes = 2 * 1024 * 1024
test.each([
  ['news', 'Rain in “Ossel”\r\nIt rained.\r\n“Why?”\r\n\r\n\r\nKettle Found\r\n'],
  ['line ends', '\n'],
  ['short lines', 'a\n'],
  ['quotes', `It rained.\n${'”'.repeat(15_000)}\n`],
  ['dots', `It rained.\n${'a.'.repeat(7_500)}b.\n`],
  ['spaces', `${' '.repeat(15_000)}x\n`],
  ['page breaks', `${'x\f'.repeat(7_500)}\n`],
  ['a single line', 'x'],
])(
  'two megabytes of %s are answered',
  (_, part) => {
    const text = part.repeat(Math.ceil(twoMegabytes / part.length))
    const reading = readWireCopy(text)
    if (reading.ok) expect(wordsOf(linesOfCopy(reading.copy).join('\n')).length).toBe(wordsOf(text).length)
    else expect(reading.problem).toMatch(/^There is nothing to read here|^This line has/u)
  },
  60_000,
)

function print(items: Item[], way: Travel): string {
  const turn = <Value>(of: Value[], step: number) => of[step % of.length] as Value
  let step = 0
  let text = way.mark
  const endLine = (times = 1) => {
    for (let line = 0; line < times; line++) text += turn(way.space, ++step) + way.lineEnd
  }
  endLine(way.around[0])
  for (const [index, item] of items.entries()) {
    if (index > 0) endLine(turn(way.dividingLines, index))
    for (const [place, line] of linesOf(item).entries()) {
      if (place > 0 && turn(way.strayBlankLines, ++step)) endLine()
      text += turn(way.space, ++step) + line
      endLine()
    }
  }
  endLine(way.around[1])
  return text
}

function linesOf(item: Item): string[] {
  return 'headlines' in item
    ? item.headlines
    : item.headline === null
      ? item.paragraphs
      : [item.headline, ...item.paragraphs]
}

function linesOfCopy(copy: WireCopy): string[] {
  return [...copy.stories.flatMap(linesOf), ...copy.headlines.map(({ text }) => text)]
}

/** The copy as a text of the same grammar, in the order of its lines. */
function printed(copy: WireCopy): string {
  const items = [
    ...copy.stories.map((item) => ({ ...item, lines: linesOf(item) })),
    ...copy.headlines.map((item) => ({ ...item, lines: [item.text] })),
  ]
  return items
    .sort((one, other) => one.line - other.line)
    .map(({ lines }) => lines.join('\n'))
    .join('\n\n\n')
}

function meaningOf(copy: WireCopy) {
  return {
    stories: copy.stories.map(({ headline, paragraphs }) => ({ headline, paragraphs })),
    headlines: copy.headlines.map(({ text }) => text),
  }
}

/** The words of a text, by a rule that does not use the parser. */
function wordsOf(text: string): string[] {
  return text
    .replace(/[\u0000-\u0008\u000e-\u001b\u007f\ufffe\uffff]/gu, '')
    .split(/[\s\u001c-\u001f]+/u)
    .filter((word) => /[^\p{Default_Ignorable_Code_Point}]/u.test(word))
}
