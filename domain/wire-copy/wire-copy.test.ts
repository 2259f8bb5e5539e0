import { describe, expect, test } from 'vitest'
import { readWireCopy, wireCopyLimits, type UnreadableWireCopy, type WireCopy } from './wire-copy'

describe('stories and headlines', () => {
  test('paragraphs make a story, other lines make headlines, and two blank lines stand between', () => {
    expect(read('It rained in Ossel.\nNobody minded.\n\n\nKettle Found\nKettle Lost Again \n\n')).toEqual({
      stories: [{ headline: null, paragraphs: ['It rained in Ossel.', 'Nobody minded.'], line: 1 }],
      headlines: [
        { text: 'Kettle Found', line: 5 },
        { text: 'Kettle Lost Again', line: 6 },
      ],
    })
  })

  test('a line directly above a paragraph is the title of the story', () => {
    for (const text of ['Rain in Ossel\nIt rained.', 'Rain in Ossel\n\nIt rained.'])
      expect(read(text).stories).toEqual([{ headline: 'Rain in Ossel', paragraphs: ['It rained.'], line: 1 }])
  })

  test('two blank lines below a line make it a headline of its own', () => {
    expect(read('Kettle Found\n\n\nIt rained.')).toEqual({
      stories: [{ headline: null, paragraphs: ['It rained.'], line: 4 }],
      headlines: [{ text: 'Kettle Found', line: 1 }],
    })
  })

  test('only the last of several headlines above a paragraph is its title', () => {
    expect(read('Kettle Found\nKettle Lost\nRain in Ossel\nIt rained.')).toEqual({
      stories: [{ headline: 'Rain in Ossel', paragraphs: ['It rained.'], line: 3 }],
      headlines: [
        { text: 'Kettle Found', line: 1 },
        { text: 'Kettle Lost', line: 2 },
      ],
    })
  })

  test('two blank lines between paragraphs divide two stories, one blank line does not', () => {
    expect(read('It rained.\n\nIt poured.\n\n\nIt snowed.').stories.map((story) => story.paragraphs)).toEqual([
      ['It rained.', 'It poured.'],
      ['It snowed.'],
    ])
  })

  test('a line without a full stop below a story begins the next story', () => {
    const { stories } = read('Rain\nIt rained.\n\nSnow\nIt snowed.')
    expect(stories.map(({ headline }) => headline)).toEqual(['Rain', 'Snow'])
  })
})

describe('the ending of a line', () => {
  test.each([
    ['It rained.'],
    ['“It rained.”'],
    ['(It rained.)'],
    ['It rained.\u{e0100}'],
    ['She said: ‘It rained.’ \u00a0'],
    ['雨が降った。'],
    [`${'Rain '.repeat(50)}?`],
  ])('a paragraph: %s', (line) => {
    expect(read(line)).toEqual({ stories: [{ headline: null, paragraphs: [line.trim()], line: 1 }], headlines: [] })
  })

  test.each([
    ['Rain Falls on Ossel'],
    ['Ossel Calls Its Rain “Constructive”'],
    ['Will It Rain in Ossel?'],
    ['Rain at Last!'],
    ['Rain Moves Toward the U.S.'],
    ['Rain Stops at 9 p.m.'],
    ['Heavy Rain for Ada Pell Jr.'],
    ['And Then It Rained…'],
    ['And Then It Rained...'],
    ['R'.repeat(wireCopyLimits.headline)],
  ])('a headline, alone and among headlines: %s', (line) => {
    for (const lines of [[line], ['Kettle Found', line, 'Kettle Lost']])
      expect(read(lines.join('\n')).headlines.map(({ text }) => text)).toEqual(lines)
  })

  test.each([
    ['Would it rain?'],
    ['“But when?”'],
    ['She named three places:'],
    ['It moved toward the U.S.'],
    ['And then…'],
    ['R'.repeat(wireCopyLimits.headline + 1)],
  ])('below a paragraph it goes on with the story: %s', (line) => {
    expect(read(`It rained.\n${line}\nIt poured.`).stories).toEqual([
      { headline: null, paragraphs: ['It rained.', line, 'It poured.'], line: 1 },
    ])
  })
})

describe('text stays as it is', () => {
  test('quotes, dashes, tabs and odd spaces inside a line are kept; spaces around it go', () => {
    const words = '‘It’  rained\t— “they”\u00a0said – in\u200b Ossel.'
    expect(read(`\ufeff \t${words}\u00a0\u3000\r\n`).stories[0]?.paragraphs).toEqual([words])
  })

  test('control characters are removed', () => {
    expect(read('Ra\u0000in\u0007 in\u001b Ossel\u007f').headlines).toEqual([{ text: 'Rain in Ossel', line: 1 }])
  })

  test('soft line breaks and page breaks end a line without counting as one', () => {
    expect(read('Rain\u000bSnow\u2028Hail\n\f\nKettle').headlines).toEqual([
      { text: 'Rain', line: 1 },
      { text: 'Snow', line: 1 },
      { text: 'Hail', line: 1 },
      { text: 'Kettle', line: 3 },
    ])
  })
})

describe('unreadable text is refused with its line', () => {
  test.each([[''], [' \t\r\n\u00a0\n'], ['\ufeff'], ['\u0000\u200b']])('nothing to read: %j', (text) => {
    expect(refusal(text)).toEqual({
      ok: false,
      line: 1,
      problem: expect.stringMatching(/^There is nothing to read here\./u) as string,
    })
  })

  test.each([
    ['\ud83d', 'U+D83D'],
    ['\udc00', 'U+DC00'],
    ['\u0093', 'U+0093'],
    ['\ufffd', 'U+FFFD'],
  ])('a damaged character: %j', (character, name) => {
    const { line, problem } = refusal(`It rained.\r\n\r\nIt ${character} snowed.`)
    expect(line).toBe(3)
    expect(problem).toContain(`A character is damaged here (${name})`)
  })

  test('a line that is too long', () => {
    expect(read(`Rain\n${'R'.repeat(wireCopyLimits.line - 1)}.`).stories).toHaveLength(1)
    expect(refusal(`Rain\n${'R'.repeat(wireCopyLimits.line)}.`)).toEqual({
      ok: false,
      line: 2,
      problem:
        'This line has 20,001 characters, and at most 20,000 can be read. Divide it into paragraphs, one to a line.',
    })
  })

  test('a line that is neither a headline nor a paragraph', () => {
    expect(refusal(`Kettle Found\n\n${'R'.repeat(201)}\nIt rained.`)).toEqual({
      ok: false,
      line: 3,
      problem:
        'This line has 201 characters and no full stop at its end, so it is too long for a headline (at most 200) ' +
        'and does not end like a paragraph. Shorten it, or end it with a full stop.',
    })
  })

  test('a text that is too long, at the line where it becomes so', () => {
    const line = `${'R'.repeat(98)}.\n`
    expect(read(line.repeat(30_000)).stories).toHaveLength(1)
    expect(refusal(line.repeat(30_001))).toEqual({
      ok: false,
      line: 30_001,
      problem: 'This text has 3,000,100 characters, and at most 3,000,000 can be read. Paste it in parts.',
    })
  })

  test('the first of several problems is reported', () => {
    expect(refusal(`Rain\n${'R'.repeat(201)}\n\ufffd`).line).toBe(2)
    expect(refusal(`Rain\n\ufffd\n${'R'.repeat(201)}`).line).toBe(2)
  })
})

function read(text: string): WireCopy {
  const reading = readWireCopy(text)
  if (!reading.ok) throw new Error(`Line ${reading.line}: ${reading.problem}`)
  return reading.copy
}

function refusal(text: string): UnreadableWireCopy {
  const reading = readWireCopy(text)
  if (reading.ok) throw new Error('This was read, and should not have been.')
  return reading
}
