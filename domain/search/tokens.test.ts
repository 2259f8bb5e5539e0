import { expect, test } from 'vitest'
import { fold } from './fold'
import { namesIn } from './tokens'

const words = (text: string) => [...namesIn(text)].flatMap(({ parts }) => parts.map((part) => part.text))

test('a word is the same without what people do not see or type: quotes, accents, width, composition', () => {
  for (const [written, folded] of [
    ['Café', 'cafe'],
    ['Cafe\u0301', 'cafe'],
    [
      'ŁÓDŹ Øre đồng Straße Æsir œuvre Þór Ðura İstanbul ısı',
      'lodz ore dong strasse aesir oeuvre thor dura istanbul isi',
    ],
    ['Ｋｉｔｅ ２４', 'kite 24'],
    ['ｶﾞｽ', 'ガス'],
    ['\u1112\u1161\u11ab', '한'],
    ['soft\u00adhyphen zero\u200bwidth \ufeffmark', 'softhyphen zerowidth mark'],
    ['٤٢ ۴۲ ४२', '42 42 42'],
    ['Ёлка мой', 'елка мой'],
    ['كتاب مُحَمَّد أحمد', 'کتاب محمد احمد'],
    ['‘kite’ ʼ ′ “x” „y‟ a‐b a–b a−b', `'kite' ' ' "x" "y" a-b a-b a-b`],
    ['ﬁre Acme™', 'fire acme '],
  ] as const)
    expect(fold(written)).toBe(folded)
})

test('no sign before, behind or inside a word hides it', () => {
  const signs = '“”„‟‘’‚«»‹›—–‒―…·•¿¡「」『』、。！？，،؛؟।־׳״\u00a0\u202f\u2009\u3000()[]{}|~^=<>"\'`´†‡§¶°№'
  for (const sign of signs) {
    expect(words(`${sign}kite${sign}club${sign}`), sign).toEqual(expect.arrayContaining(['kite', 'club']))
    expect(words(`kite${sign}`)).toContain('kite')
  }
})

test('a possessive is its name; what a sign joins is found by its parts and as one', () => {
  const [name] = namesIn('Overley’s')
  expect(name).toMatchObject({ possessive: true, parts: [{ text: 'overley' }] })
  for (const [written, parts, joined] of [
    ['O’Brien', ['o', 'brien'], 'obrien'],
    ['Müller–Maier', ['muller', 'maier'], 'mullermaier'],
    ['AT&T', ['at', 't'], 'at&t'],
    ['F-16', ['f', '16'], 'f16'],
    ['U.S.', ['u', 's'], 'us'],
    ['9/11', ['9', '11'], '9/11'],
    ['1,000', ['1', '000'], '1000'],
    ['3.5', ['3', '5'], '3.5'],
    ['10⁶', ['10', '6'], '10^6'],
    ['H₂O', ['h', '2', 'o'], 'h2o'],
    ['col·lecció', ['col', 'leccio'], 'colleccio'],
    ['צה״ל', ['צה', 'ל'], 'צהל'],
  ] as const) {
    const [only, ...others] = namesIn(written)
    expect(others).toEqual([])
    expect(only?.parts.map(({ text }) => text)).toEqual(parts)
    expect(only?.joined).toBe(joined)
  }
  for (const [written, signed] of [
    ['C++', 'c++'],
    ['C#', 'c#'],
    ['.net', '.net'],
    ['$2bn', '$2bn'],
    ['US$2bn', '$2bn'],
    ['#MeToo', '#metoo'],
    ['50%', '50%'],
  ] as const)
    expect([...namesIn(`a (${written}), b`)].flatMap((one) => one.signed)).toContain(signed)
})

test('a token knows where it stands in the text as it is written', () => {
  const text = '“Cafe\u0301” in 東京, ﬁne'
  const tokens = [...namesIn(text)].flatMap(({ parts }) => parts)
  expect(tokens.map(({ start, end }) => text.slice(start, end))).toEqual(['Cafe\u0301', 'in', '東', '京', 'ﬁne'])
})

test('the work grows with the text and no faster, whatever it repeats', () => {
  for (const part of ["a'", 'a-', 'あ', 'א"', '²', 'e\u0301', '\u0301', 'a', "'", '. ', '\ud800', 'a&b,'])
    expect([...namesIn(part.repeat(20_000 / part.length))].length).toBeLessThanOrEqual(20_000)
})
