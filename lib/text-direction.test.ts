import { expect, test } from 'vitest'
import {
  isolated,
  mainDirection,
  textAttributes,
  textDirection,
  textLanguage,
  withIsolatedText,
} from './text-direction'

const arabic = 'غزة: قال المتحدث (UNRWA) إن 2 من كل 3 مدارس أُغلقت.'
const hebrew = 'הנמל נסגר (UNRWA) ב-3 במרץ.'
const persian = 'بندر بسته شد (UNRWA).'
const urdu = 'بندرگاہ بند ہو گئی۔'
const yiddish = 'דער האַפֿן איז פֿאַרמאַכט.'

test.each([arabic, hebrew, persian, urdu, yiddish])('the first letter gives the direction: %s', (text) => {
  expect([textDirection(text), mainDirection(text)]).toEqual(['auto', 'rtl'])
})

test('most letters give the direction where the first letter is of another', () => {
  expect(textDirection(`UNRWA: ${arabic}`)).toBe('rtl')
  expect(textDirection(`«Kite» ${hebrew}`)).toBe('rtl')
  expect(textDirection('غزة is what the sign over the harbour said')).toBe('ltr')
  expect(textDirection('Ferry sails (قارب)')).toBe('auto')
  expect([textDirection('2025'), textDirection(''), mainDirection('2025 – 3')]).toEqual(['auto', 'auto', null])
})

test('a direction mark at the start decides', () => {
  expect(textDirection(`\u200e${arabic}`)).toBe('auto')
  expect(textDirection('\u200fUNRWA')).toBe('auto')
})

test('the language is that of the paper, unless the script is another', () => {
  const paper = 'en'
  expect(
    [arabic, hebrew, 'Kite', '東京の雨', '上海的春天', '서울', '2025'].map((text) => textLanguage(text, paper)),
  ).toEqual(['und-Arab', 'und-Hebr', undefined, 'ja', 'und-Hani', 'ko', undefined])
  expect([textLanguage(arabic, 'ar'), textLanguage('Kite sang', 'ar'), textLanguage(hebrew, 'yi')]).toEqual([
    undefined,
    'und-Latn',
    undefined,
  ])
  expect([textLanguage('上海的春天', 'zh-TW'), textLanguage('東京', 'ja'), textLanguage('Кит', 'de')]).toEqual([
    undefined,
    undefined,
    'und-Cyrl',
  ])
  expect(textAttributes(persian)).toEqual({ dir: 'auto', lang: 'und-Arab' })
})

test('text in a sentence of ours is isolated where it runs from right to left', () => {
  expect([isolated('Kite'), isolated(hebrew)]).toEqual(['Kite', `\u2068${hebrew}\u2069`])
  const at = new Date(0)
  expect(withIsolatedText({ type: 'x', at, n: 1, names: [arabic], before: { name: arabic } })).toEqual({
    type: 'x',
    at,
    n: 1,
    names: [isolated(arabic)],
    before: { name: isolated(arabic) },
  })
})
