import { expect, test } from 'vitest'
import { completeUrl, toRelativeUrl } from './link-address'

test.each([
  ['harbour.example/tides', 'https://harbour.example/tides'],
  [' harbour.example ', 'https://harbour.example'],
  ['harbour.example:8080/x', 'https://harbour.example:8080/x'],
  ['rae@harbour.example', 'mailto:rae@harbour.example'],
  ['https://harbour.example', 'https://harbour.example'],
  ['/europe/kite-17', '/europe/kite-17'],
  ['tel:+123', 'tel:+123'],
  ['javascript:alert(1)', 'javascript:alert(1)'],
  ['just words', 'just words'],
])('%s becomes %s', (typed, completed) => {
  expect(completeUrl(typed)).toBe(completed)
})

test('a link to a page of the site becomes a path, also when it was typed with the origin', () => {
  const origins = ['http://localhost:3000', 'https://news.example']
  expect(toRelativeUrl('https://news.example/europe/ferry-17?a=b#c', origins)).toBe('/europe/ferry-17?a=b#c')
  expect(toRelativeUrl('https://news.example', origins)).toBe('/')
  for (const others of ['https://news.example.org/europe', 'https://news.examples', 'http://news.example/x', '/europe'])
    expect(toRelativeUrl(others, origins)).toBe(others)
})
