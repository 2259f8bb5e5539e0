import { expect, test } from 'vitest'
import { aPage } from './page.test-support'
import { bestEncoding, STALE_IF_ERROR, headersOf, HIT } from './send-page'

const common = ['X-Content-Type-Options', 'nosniff']
const valueOf = (headers: string[], name: string) =>
  headers.includes(name) ? headers[headers.indexOf(name) + 1] : undefined

test('the smallest encoding that the reader allows', () => {
  for (const [accepted, encoding] of [
    [undefined, 'identity'],
    ['', 'identity'],
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip;q=1.0, br;q=0.1', 'br'],
    ['gzip, br;q=0', 'gzip'],
    ['GZIP', 'gzip'],
    ['br;q=0, gzip;q=0.000', 'identity'],
    ['*', 'br'],
    ['*;q=0', 'identity'],
    ['identity', 'identity'],
    ['br;q=nonsense', 'identity'],
    ['deflate', 'identity'],
  ] as const)
    expect([accepted, bestEncoding(accepted)]).toEqual([accepted, encoding])
})

test('the headers of a hit are made once and kept with the page, apart from those of a page that is old because we are broken', async () => {
  const page = await aPage()
  expect(headersOf(page, HIT, 'br', common)).toBe(headersOf(page, HIT, 'br', common))
  expect(headersOf(page, STALE_IF_ERROR, 'br', common)).toBe(headersOf(page, STALE_IF_ERROR, 'br', common))
  expect(valueOf(headersOf(page, HIT, 'br', common), 'Cache-Status')).toBe('Broadsheet; hit')
  expect(valueOf(headersOf(page, STALE_IF_ERROR, 'br', common), 'Cache-Status')).toBe(
    'Broadsheet; hit; detail=stale-because-broken',
  )
  expect(headersOf(page, 'Broadsheet; fwd=stale', 'br', common)).not.toBe(
    headersOf(page, 'Broadsheet; fwd=stale', 'br', common),
  )
})

test('how long others may keep it', async () => {
  const cacheControlOf = async (over: Parameters<typeof aPage>[0]) =>
    valueOf(headersOf(await aPage(over), HIT, 'identity', common), 'Cache-Control')
  expect(await cacheControlOf({})).toBe(
    'public, max-age=0, s-maxage=5, stale-while-revalidate=10, stale-if-error=86400',
  )
  expect(await cacheControlOf({ status: 404 })).toBe('public, max-age=0, s-maxage=5')
  expect(await cacheControlOf({ status: 410 })).toBe('public, max-age=0, s-maxage=5')
  expect(await cacheControlOf({ tags: [] })).toBe('no-store')
  expect(await cacheControlOf({ tags: [], kind: 'for now' })).toBe('public, max-age=600')
  expect(await cacheControlOf({ tags: [], kind: 'for good' })).toBe('public, max-age=31536000, immutable')
})

test('nobody may keep it longer than until a story on it ends', async () => {
  const cacheControlWith = async (seconds: number, status?: string) => {
    const page = await aPage({ ends: new Date(Date.now() + seconds * 1000 + 500) })
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

test('what others may keep of a page grows less while its end comes nearer, also when it was kept for long before', async () => {
  const page = await aPage()
  const staleIfError = () => valueOf(headersOf(page, HIT, 'br', common), 'Cache-Control')
  expect(staleIfError()).toContain('stale-if-error=86400')
  page.neverServeAfter = Date.now() + 100_500
  expect(staleIfError()).toContain('stale-if-error=95')
})

test('a 304 carries what the page carries, and no length', async () => {
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
