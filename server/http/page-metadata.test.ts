import { expect, test } from 'vitest'
import { emptyMetadata, extractMetadata, setMetadata, unescapeHtml, stripFramework } from './page-metadata'

test('a page’s notes are read and taken out; of what makes no sense nothing is kept', () => {
  const { html, metadata } = extractMetadata(
    '<head><meta name="page-tags" content="story:17 sections"/><meta name="page-until" content="2026-11-24T10:00:00.000Z"/><meta name="page-ends" content="2026-11-24T11:00:00.000Z"/><meta name="page-status" content="404"/><meta name="page-location" content="/a?b=1&amp;c=2"/><title>x</title></head>',
  )
  expect(html).toBe('<head><title>x</title></head>')
  expect(metadata).toEqual({
    tags: ['story:17', 'sections'],
    until: new Date('2026-11-24T10:00:00Z'),
    ends: new Date('2026-11-24T11:00:00Z'),
    status: 404,
    location: '/a?b=1&c=2',
  })
  const invalid = emptyMetadata()
  for (const [name, content] of [['status', '99'], ['status', 'x'], ['until', 'tomorrow'], ['ends', 'never'], ['tags', '  '], ['other', 'x']] as const) setMetadata(invalid, name, content) // prettier-ignore
  expect(invalid).toEqual(emptyMetadata())
})

test('a story that quotes a note in its text changes nothing', () => {
  const quoted = '&lt;meta name=&quot;page-status&quot; content=&quot;404&quot;/&gt;'
  expect(extractMetadata(quoted)).toEqual({ html: quoted, metadata: emptyMetadata() })
})

test('the framework’s scripts go, and the page’s own stay', () => {
  const ownScripts =
    '<script type="speculationrules">{"prefetch":[]}</script><script src="/reader.js" defer=""></script><script type="application/ld+json">{"headline":"x"}</script>'
  const framework =
    '<link rel="preload" as="script" href="/_next/static/chunks/a.js"/><script src="/_next/static/chunks/a.js" async=""></script><script>(self.__next_f=self.__next_f||[]).push([0])</script><script id="_R_">$RC("a","b")</script>'
  expect(stripFramework(`<p>A<!-- -->B</p>${framework}${ownScripts}`)).toBe(`<p>AB</p>${ownScripts}`)
})

test('text is as it was before it was escaped', () => {
  expect(unescapeHtml('&lt;b&gt; &amp;amp; &quot;x&quot; &#x27;y&#x27; &nbsp;')).toBe('<b> &amp; "x" \'y\' &nbsp;')
})
