import { expect, test } from 'vitest'
import { parseBody } from '../body/body-parser'
import { flawSentence, findFlaws, internalTarget, findUnresolved, missingForPublication, noneKnown } from './flaws'
import type { Copy } from './copy-fields'
import { blankCopy } from './copy'

const link = (href: string, text: string) => ({ type: 'text', text, marks: [{ type: 'link', attrs: { href } }] })
const text = (text: string) => ({ type: 'text', text })
const copyWith = (over: Partial<Copy>, ...content: unknown[]): Copy => ({
  ...blankCopy(),
  headline: 'Moon ferry',
  sectionId: 1,
  slug: 'moon-ferry',
  body: parseBody({ type: 'doc', content: [{ type: 'paragraph', content }] }),
  ...over,
})
const sentences = (copy: Copy, ...dead: string[]) =>
  findFlaws(copy, { ...noneKnown, deadLinks: new Set(dead) }).map((flaw) => flawSentence(flaw))

test.each(['TK', 'By TK, at sea', 'TKTK kites', '(TK)', 'TK’s quay', '„TK“', 'Nine-TK'])(
  '%s is still to come',
  (text) => {
    expect(findUnresolved(text)).toHaveLength(1)
  },
)

test.each(['ATK', 'TKO in round two', 'tk', 'Tk', 'TK2', 'XXX', 'KITKAT', 'TKÄ'])('%s is a word', (text) => {
  expect(findUnresolved(text)).toEqual([])
})

test('a TK is found in every field, with the text around it', () => {
  const row = { type: 'tableRow', content: [{ type: 'tableCell', content: [text('TK songs')] }] }
  const embed = { type: 'embed', attrs: { href: 'https://harbour.example', title: 'Title TK' } }
  const body = parseBody({ type: 'doc', content: [{ type: 'table', content: [row] }, embed] })
  const copy = copyWith({ headline: 'TK sings', kicker: 'TK', standfirst: 'Some TK here', dateline: 'TK', body })
  expect(sentences(copy)).toEqual([
    'Resolve TK in the headline: “TK sings”.',
    'Resolve TK in the kicker: “TK”.',
    'Resolve TK in the standfirst: “Some TK here”.',
    'Resolve TK in the dateline: “TK”.',
    'Resolve TK in the body: “TK songs”.',
    'Resolve TK in the body: “Title TK”.',
  ])
  expect(missingForPublication(copy)).toHaveLength(6)
})

test.each(['\u200b', '\u2800\ufeff', '\u3164'])('a headline of %j alone is none', (headline) => {
  expect(missingForPublication(copyWith({ headline }))).toContain('a headline')
})

test('two TKs with the same text around them are reported once', () => {
  expect(sentences(copyWith({}, text('TK and TK')))).toEqual(['Resolve TK in the body: “TK and TK”.'])
})

test('a TK that is half bold is one', () => {
  const bold = { ...text('K was here'), marks: [{ type: 'bold' }] }
  expect(sentences(copyWith({}, text('A T'), bold))).toEqual(['Resolve TK in the body: “A TK was here”.'])
})

test('links without text or address are flaws, and so are the given dead links', () => {
  const copy = copyWith(
    {},
    text('See '),
    link('https://harbour.example/', ' '),
    text(' and '),
    link('#', 'this'),
    text(' or '),
    link('/europe/gone-17', 'that'),
  )
  expect(sentences(copy, '/europe/gone-17')).toEqual([
    'A link to https://harbour.example/ has no words: remove it, or give it some.',
    'The link “this” has no address.',
    'The link “that” leads to /europe/gone-17, where readers find nothing.',
  ])
  expect(sentences(copy)).toHaveLength(2)
})

test('a partly bold link is one link', () => {
  const bold = { ...link('/europe', 'kite'), marks: [{ type: 'link', attrs: { href: '/europe' } }, { type: 'bold' }] }
  expect(sentences(copyWith({}, link('/europe', 'a '), bold), '/europe')).toEqual([
    'The link “a kite” leads to /europe, where readers find nothing.',
  ])
})

test.each([
  ['/europe/moon-ferry-17', { storyId: 17 }],
  ['/europe/moon-ferry-17?from=x#top', { storyId: 17 }],
  ['/europe', { section: 'europe' }],
  ['/headlines#story-4', null],
  ['/latest', null],
  ['/2026/11/24', null],
  ['https://harbour.example/europe', null],
  ['/', null],
])('%s leads to %j', (href, place) => {
  expect(internalTarget(href)).toEqual(place)
})
