import { expect, test } from 'vitest'
import { emptyMetadata, extractMetadata, setMetadata, stripFramework, unescapeHtml } from './page-metadata'

test('a page’s metadata is read and removed; invalid content is ignored', () => {
  const { html, metadata } = extractMetadata(
    '<head><meta name="page-tags" content="story:17 sections"/><meta name="page-stories" content="3 17-19"/><meta name="page-stale-at" content="2026-11-24T10:00:00.000Z"/><meta name="page-never-serve-after" content="2026-11-24T11:00:00.000Z"/><meta name="page-status" content="404"/><meta name="page-location" content="/a?b=1&amp;c=2"/><title>x</title></head>',
  )
  expect(html).toBe('<head><title>x</title></head>')
  expect(metadata).toEqual({
    tags: ['story:17', 'sections'],
    stories: [
      [3, 3],
      [17, 19],
    ],
    staleAt: new Date('2026-11-24T10:00:00Z'),
    neverServeAfter: new Date('2026-11-24T11:00:00Z'),
    status: 404,
    location: '/a?b=1&c=2',
    retryAfter: null,
  })
  const invalid = emptyMetadata()
  for (const [name, content] of [['status', '99'], ['status', 'x'], ['stale-at', 'tomorrow'], ['never-serve-after', 'never'], ['tags', '  ']] as const) setMetadata(invalid, name, content) // prettier-ignore
  expect(invalid).toEqual(emptyMetadata())
  expect(extractMetadata('<meta name="page-other" content="x"/>').metadata).toEqual(emptyMetadata())
})

test('metadata quoted in a story’s text changes nothing', () => {
  const quoted = '&lt;meta name=&quot;page-status&quot; content=&quot;404&quot;/&gt;'
  expect(extractMetadata(quoted)).toEqual({ html: quoted, metadata: emptyMetadata() })
})

test('the framework’s scripts are removed, the page’s own stay', () => {
  const ownScripts =
    '<script type="speculationrules">{"prefetch":[]}</script><script src="/reader.js" defer=""></script><script type="application/ld+json">{"headline":"x"}</script>'
  const framework =
    '<link rel="preload" as="script" href="/_next/static/chunks/a.js"/><script src="/_next/static/chunks/a.js" async=""></script><script>(self.__next_f=self.__next_f||[]).push([0])</script><script id="_R_">$RC("a","b")</script>'
  expect(stripFramework(`<p>A<!-- -->B</p>${framework}${ownScripts}`)).toBe(`<p>AB</p>${ownScripts}`)
})

test('text is unescaped as React escaped it', () => {
  expect(unescapeHtml('&lt;b&gt; &amp;amp; &quot;x&quot; &#x27;y&#x27; &nbsp;')).toBe('<b> &amp; "x" \'y\' &nbsp;')
})
