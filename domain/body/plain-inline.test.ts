import { expect, test } from 'vitest'
import type { Inline, Mark } from './inline'
import { plainInline } from './plain-inline'

const line = (...parts: (string | [string, ...Mark['type'][]])[]): Inline[] =>
  parts.map((part): Inline => {
    const [text, ...types] = typeof part === 'string' ? [part] : part
    return { type: 'text', text, marks: types.map((type) => ({ type }) as Mark) }
  })

test.each<[string, Inline[], string]>([
  ['a power', line('10', ['6', 'superscript'], ' litres'), '10⁶ litres'],
  ['a negative power', line('10', ['-3', 'superscript']), '10⁻³'],
  ['a formula', line('H', ['2', 'subscript'], 'O'), 'H₂O'],
  ['a note', line('in 2019', ['3', 'superscript']), 'in 2019³'],
  ['a note in brackets', line('in 2019', ['[3]', 'superscript']), 'in 2019[3]'],
  ['letters that Unicode has not raised', line('x', ['qz', 'superscript']), 'x^(qz)'],
  ['an ordinal', line('1', ['st', 'superscript']), '1st'],
  ['a name of every object', line('x', ['constructor', 'superscript']), 'x^(constructor)'],
  ['struck words', line('sails ', ['on Monday ', 'strike'], 'on Tuesday'), 'sails ~~on Monday~~ on Tuesday'],
  ['struck in two pieces', line(['on ', 'strike'], ['Mon', 'strike', 'bold'], 'day'), '~~on Mon~~day'],
  ['tildes in struck words', line('sails ', ['on ~~Mon~~day', 'strike']), 'sails ~~on \\~\\~Mon\\~\\~day~~'],
  ['a tilde at the end of struck words', line(['about 5~', 'strike'], '~6 km'), '~~about 5\\~~~\\~6 km'],
  ['tildes without struck words', line('~5 km, ~~not struck~~'), '~5 km, ~~not struck~~'],
  ['raised figures behind a space', line('10', [' 6', 'superscript'], ' litres'), '10 ⁶ litres'],
])('%s changes no fact in plain text', (_name, content, plain) => {
  expect(plainInline(content)).toBe(plain)
})
