import { expect, test } from 'vitest'
import { aPage } from './page.test-support'
import { headersOf, HIT, STALE_IF_ERROR } from './send-page'

const common = ['X-Content-Type-Options', 'nosniff']
const valueOf = (headers: string[], name: string) =>
  headers.includes(name) ? headers[headers.indexOf(name) + 1] : undefined

test('the headers of a hit are built once and cached with the page, apart from those of a stale-if-error hit', async () => {
  const page = await aPage()
  expect(headersOf(page, HIT, 'br', common)).toBe(headersOf(page, HIT, 'br', common))
  expect(headersOf(page, STALE_IF_ERROR, 'br', common)).toBe(headersOf(page, STALE_IF_ERROR, 'br', common))
  expect(valueOf(headersOf(page, HIT, 'br', common), 'Cache-Status')).toBe('Broadsheet; hit')
  expect(valueOf(headersOf(page, STALE_IF_ERROR, 'br', common), 'Cache-Status')).toBe(
    'Broadsheet; hit; detail=stale-if-error',
  )
  expect(headersOf(page, 'Broadsheet; fwd=stale', 'br', common)).not.toBe(
    headersOf(page, 'Broadsheet; fwd=stale', 'br', common),
  )
})

test('how long a shared cache may store a page', async () => {
  const cacheControlOf = async (over: Parameters<typeof aPage>[0]) =>
    valueOf(headersOf(await aPage(over), HIT, 'identity', common), 'Cache-Control')
  expect(await cacheControlOf({})).toBe(
    'public, max-age=0, s-maxage=5, stale-while-revalidate=10, stale-if-error=86400',
  )
  expect(await cacheControlOf({ status: 404 })).toBe('public, max-age=0, s-maxage=5')
  expect(await cacheControlOf({ status: 410 })).toBe('public, max-age=0, s-maxage=5')
  expect(await cacheControlOf({ tags: [] })).toBe('no-store')
  expect(await cacheControlOf({ tags: [], kind: 'revalidate' })).toBe('public, max-age=600')
  expect(await cacheControlOf({ tags: [], kind: 'immutable' })).toBe('public, max-age=31536000, immutable')
})

test('no cache may store a page beyond the end of a story on it', async () => {
  const cacheControlWith = async (seconds: number, status?: string) => {
    const page = await aPage({ neverServeAfter: new Date(Date.now() + seconds * 1000 + 500) })
    return valueOf(headersOf(page, status ?? HIT, 'identity', common), 'Cache-Control')
  }
  for (const status of [HIT, STALE_IF_ERROR])
    expect(await cacheControlWith(86_500, status)).toBe(
      'public, max-age=0, s-maxage=5, stale-while-revalidate=10, stale-if-error=86400',
    )
  expect(await cacheControlWith(605, STALE_IF_ERROR)).toBe(
    'public, max-age=0, s-maxage=5, stale-while-revalidate=10, stale-if-error=600',
  )
  expect(await cacheControlWith(8)).toBe('public, max-age=0, s-maxage=5, stale-while-revalidate=3, stale-if-error=3')
  expect(await cacheControlWith(3)).toBe('public, max-age=0, s-maxage=3')
  expect(await cacheControlWith(-3)).toBe('public, max-age=0, s-maxage=0')
})

test('the time that a shared cache may store a page shrinks as its end approaches, also after headers were cached', async () => {
  const page = await aPage()
  const staleIfError = () => valueOf(headersOf(page, HIT, 'br', common), 'Cache-Control')
  expect(staleIfError()).toContain('stale-if-error=86400')
  page.neverServeAfter = Date.now() + 100_500
  expect(staleIfError()).toContain('stale-if-error=95')
})

test('a 304 carries the headers of the page without those of its content', async () => {
  const headers = headersOf(await aPage(), HIT, '304', common)
  for (const name of [
    'ETag',
    'Cache-Control',
    'Vary',
    'Surrogate-Key',
    'Content-Security-Policy',
    ...common.slice(0, 1),
  ])
    expect(valueOf(headers, name)).toBeDefined()
  for (const name of ['Content-Length', 'Content-Type', 'Content-Encoding'])
    expect(valueOf(headers, name)).toBeUndefined()
})
