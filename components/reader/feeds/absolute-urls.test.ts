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

// HTML, "parse a srcset attribute".
test.each([
  ['/a,b.jpg 1x, /c.jpg 2x', '/a,b.jpg 1x, /c.jpg 2x'],
  ['/a.jpg 1x,/b.jpg 2x', '/a.jpg 1x, /b.jpg 2x'],
  ['/a.jpg, /b.jpg 2x', '/a.jpg, /b.jpg 2x'],
  [' ,/a.jpg\n480w ,\t/b.jpg 2x,', '/a.jpg 480w, /b.jpg 2x'],
  ['/a.jpg 400w 300h,/b.jpg', '/a.jpg 400w 300h, /b.jpg'],
  ['/a.jpg?x=1&amp;y=2,3 2x', '/a.jpg?x=1&amp;y=2,3 2x'],
  ['', ''],
])('all candidates of a picture are absolute: %s', (candidates, absolute) => {
  for (const name of ['srcset', 'imagesrcset'])
    expect(withAbsoluteUrls(`<img ${name}="${candidates}">`, base)).toBe(
      `<img ${name}="${absolute.replaceAll(/(?<=^|, )\//gu, 'https://news.example/')}">`,
    )
})

test('text that looks like an attribute stays', () => {
  expect(withAbsoluteUrls('<p>write href=&quot;/x&quot;</p>', base)).toBe('<p>write href=&quot;/x&quot;</p>')
})
