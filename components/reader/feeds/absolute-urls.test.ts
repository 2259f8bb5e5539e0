import { expect, test } from 'vitest'
import { withAbsoluteUrls } from './absolute-urls'

const base = 'https://news.example/overley/kites-sing-7'

test.each([
  ['/europe/ferry-3', 'https://news.example/europe/ferry-3'],
  ['#note', 'https://news.example/overley/kites-sing-7#note'],
  ['?page=2', 'https://news.example/overley/kites-sing-7?page=2'],
  ['//host.example/x', 'https://host.example/x'],
  ['ferry-3', 'https://news.example/overley/ferry-3'],
  ['../x?a=1&amp;b=2', 'https://news.example/x?a=1&amp;b=2'],
  ['https://council.example/plan', 'https://council.example/plan'],
  ['mailto:kite@overley.example', 'mailto:kite@overley.example'],
  ['tel:+1', 'tel:+1'],
])('%s in a feed is %s', (address, absolute) => {
  for (const name of ['href', 'src', 'poster'])
    expect(withAbsoluteUrls(`<a ${name}="${address}">x</a>`, base)).toBe(`<a ${name}="${absolute}">x</a>`)
})

test('all candidates of a picture are absolute', () => {
  expect(withAbsoluteUrls('<img srcset="/a,b.jpg 1x, /c.jpg 2x">', base)).toBe(
    '<img srcset="https://news.example/a,b.jpg 1x, https://news.example/c.jpg 2x">',
  )
})

test('text that looks like an attribute stays', () => {
  expect(withAbsoluteUrls('<p>write href=&quot;/x&quot;</p>', base)).toBe('<p>write href=&quot;/x&quot;</p>')
})
