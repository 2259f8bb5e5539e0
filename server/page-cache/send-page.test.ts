import { expect, test } from 'vitest'
import type { Page } from './page'
import { aPage } from './page.test-support'
import { headersOf, HIT, STALE_IF_ERROR } from './send-page'

const common = ['X-Content-Type-Options', 'nosniff']
const valueOf = (headers: string[], name: string) =>
  headers.includes(name) ? headers[headers.indexOf(name) + 1] : undefined

test('the headers of a hit are built once and cached with the page, apart from those of a stale-if-error hit', async () => {
  const page = await aPage()
  const headers = (status: string) => headersOf(page, status, 'br', common)
  for (const status of [HIT, STALE_IF_ERROR]) expect(headers(status)).toBe(headers(status))
  expect(valueOf(headers(HIT), 'Cache-Status')).toBe('Broadsheet; hit')
  expect(valueOf(headers(STALE_IF_ERROR), 'Cache-Status')).toBe('Broadsheet; hit; detail=stale-if-error')
  expect(headers('Broadsheet; fwd=stale')).not.toBe(headers('Broadsheet; fwd=stale'))
})

const cacheControlOf = (page: Page, status = HIT) =>
  valueOf(headersOf(page, status, 'identity', common), 'Cache-Control')

test.each<[Parameters<typeof aPage>[0], string]>([
  [{}, 'public, max-age=0, s-maxage=5, stale-while-revalidate=10, stale-if-error=86400'],
  [{ status: 404 }, 'public, max-age=0, s-maxage=5'],
  [{ status: 410 }, 'public, max-age=0, s-maxage=5'],
  [{ tags: [] }, 'no-store'],
  [{ tags: [], kind: 'revalidate' }, 'public, max-age=600'],
  [{ tags: [], kind: 'immutable' }, 'public, max-age=31536000, immutable'],
])('how long a shared cache may store a page: %o %s', async (over, cacheControl) => {
  expect(cacheControlOf(await aPage(over))).toBe(cacheControl)
})

test.each([
  [86_500, HIT, 'public, max-age=0, s-maxage=5, stale-while-revalidate=10, stale-if-error=86400'],
  [86_500, STALE_IF_ERROR, 'public, max-age=0, s-maxage=5, stale-while-revalidate=10, stale-if-error=86400'],
  [605, STALE_IF_ERROR, 'public, max-age=0, s-maxage=5, stale-while-revalidate=10, stale-if-error=600'],
  [8, HIT, 'public, max-age=0, s-maxage=5, stale-while-revalidate=3, stale-if-error=3'],
  [3, HIT, 'public, max-age=0, s-maxage=3'],
  [-3, HIT, 'public, max-age=0, s-maxage=0'],
])('no cache may store a page beyond the end of a story on it: in %i s, %s', async (seconds, status, cacheControl) => {
  const page = await aPage({ neverServeAfter: new Date(Date.now() + seconds * 1000 + 500) })
  expect(cacheControlOf(page, status)).toBe(cacheControl)
})

test('the time that a shared cache may store a page shrinks as its end approaches, also after headers were cached', async () => {
  const page = await aPage()
  expect(cacheControlOf(page)).toContain('stale-if-error=86400')
  page.neverServeAfter = Date.now() + 100_500
  expect(cacheControlOf(page)).toContain('stale-if-error=95')
})

test('a 304 carries the headers of the page without those of its content', async () => {
  const headers = headersOf(await aPage(), HIT, '304', common)
  const kept = ['ETag', 'Cache-Control', 'Vary', 'Surrogate-Key', 'Content-Security-Policy', 'X-Content-Type-Options']
  for (const name of kept) expect(valueOf(headers, name)).toBeDefined()
  for (const name of ['Content-Length', 'Content-Type', 'Content-Encoding'])
    expect(valueOf(headers, name)).toBeUndefined()
})
