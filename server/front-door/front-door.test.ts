import http from 'node:http'
import net from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { UNCOMPRESSED_LIMIT } from '../page-cache/page'
import { aPortal, HOST, missingHeaders, type Rendered, type TestRequest } from './front-door.test-support'

test('a reader’s headers and cookies never reach the renderer', async () => {
  const { renderer, door } = await aPortal()
  const cookie = 'broadsheet-session=x'
  await door.get('/', { cookie, 'x-forwarded-host': 'evil.example', rsc: '1', 'user-agent': 'me' })
  expect(renderer.requests[0]?.headers).toEqual({
    accept: 'text/html,*/*;q=0.8',
    'user-agent': 'Broadsheet',
    host: HOST,
    'x-forwarded-host': HOST,
    'x-forwarded-proto': 'http',
    connection: 'keep-alive',
  })
})

test('behind a trusted proxy, the last address it added is the client’s', async () => {
  const { renderer, door } = await aPortal(undefined, { trustProxy: true })
  await door.get('/admin', { 'x-forwarded-for': '6.6.6.6, 203.0.113.9' })
  expect(renderer.requests[0]?.headers['x-client-address']).toBe('203.0.113.9')
})

test('an upgrade is refused, and a connection reset at that moment does not end the process', async () => {
  const { door } = await aPortal()
  const upgrade = `GET / HTTP/1.1\r\nHost: ${HOST}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`
  const refused = await door.raw(upgrade)
  expect(refused).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/u)
  expect(refused).toContain('X-Content-Type-Options: nosniff')
  for (let n = 0; n < 30; n += 1) {
    const socket = net.connect(door.port, '127.0.0.1').on('error', () => undefined)
    socket.write(upgrade, () => socket.resetAndDestroy())
    await new Promise((resolve) => socket.once('close', resolve))
  }
  expect((await door.get('/')).status).toBe(200)
})

test('every kind of response has the security headers', async () => {
  const pages: Record<string, Rendered> = {
    '/gone-1': { tags: 'story:1', pageStatus: 410 },
    '/none': { tags: 'sections', pageStatus: 404 },
    '/admin': { body: 'Desk' },
  }
  const { renderer, door } = await aPortal(({ url = '' }) => pages[url] ?? { tags: 'sections' })
  const miss = await door.get('/')
  const kinds = {
    miss,
    hit: await door.get('/'),
    '304': await door.get('/', { 'if-none-match': String(miss.headers.etag) }),
    head: await door.request({ method: 'HEAD' }),
    '404': await door.get('/none'),
    '404 hit': await door.get('/none'),
    '410': await door.get('/gone-1'),
    '301': await door.get('//'),
    '400': await door.get('/%'),
    '403': await door.request({ method: 'POST', path: '/admin', headers: { 'sec-fetch-site': 'cross-site' } }),
    '405': await door.request({ method: 'PUT' }),
    '414': await door.get(`/${'a'.repeat(3000)}`),
    '421': await door.get('/', { host: 'x' }),
    '431': await door.get('/', { cookie: 'a'.repeat(17_000) }),
    healthz: await door.get('/healthz'),
    readyz: await door.get('/readyz'),
    metrics: await door.get('/metrics'),
    newsroom: await door.get('/admin'),
    upgrade: await door.get('/', { connection: 'upgrade', upgrade: 'x' }),
  }
  for (const [kind, { status, headers }] of Object.entries(kinds)) {
    expect([kind, missingHeaders(headers)]).toEqual([kind, []])
    if (/^\d+$/u.test(kind)) expect(status).toBe(Number(kind))
  }
  renderer.render = () => ({ status: 0 })
  for (const address of ['/latest', '/admin']) expect(missingHeaders((await door.get(address)).headers)).toEqual([])
})

test('on https every response has Strict-Transport-Security', async () => {
  const { door } = await aPortal(undefined, { siteUrl: new URL(`https://${HOST}`), port: 3000 })
  for (const address of ['/', '/', '/healthz', '/%', '//x', '/admin'])
    expect((await door.get(address)).headers['strict-transport-security']).toContain('max-age=31536000')
})

test('whatever a client adds to a request, the next reader gets the same bytes, and no cookie', async () => {
  const { door } = await aPortal(({ url = '' }) => ({
    body: `Page of ${url}`,
    tags: 'sections',
    headers: { 'set-cookie': 'a=b', 'cache-control': 'private', 'x-powered-by': 'x' },
  }))
  const withHeaders = (names: string, value: string): TestRequest[] =>
    names.split(' ').map((name) => ({ headers: { [name]: value } }))
  const requests: TestRequest[] = [
    ...withHeaders('x-forwarded-host x-forwarded-proto x-forwarded-port x-original-url', 'evil.example'),
    ...withHeaders('x-rewrite-url x-host', 'evil.example'),
    ...withHeaders('rsc next-router-prefetch next-router-state-tree next-action next-url x-nextjs-data', '1'),
    ...withHeaders('x-middleware-prefetch x-middleware-subrequest x-prerender-revalidate next-resume purpose', 'x'),
    ...withHeaders('accept accept-language user-agent if-range if-modified-since cache-control', 'x'),
    ...withHeaders('range', 'bytes=0-3'),
    { headers: { cookie: 'broadsheet-session=stolen' } },
    { headers: { cookie: '__prerender_bypass=1; __next_preview_data=1' } },
    { headers: { authorization: 'Basic eDp5' } },
    { headers: { 'accept-encoding': 'zstd' } },
    { headers: { 'x-http-method-override': 'DELETE' } },
    { method: 'HEAD' },
    { method: 'POST', body: 'x=1' },
    { method: 'OPTIONS' },
    ...['utm_source=x', '_rsc=1', 'fbclid=<script>', 'before=../admin', '__nextLocale=x', 'x', '=', 'a[]=1', 'q=x'].map(
      (query) => ({ path: `?${query}` }),
    ),
    { path: '#x' },
    { path: ';x=1.css' },
  ]
  expect(requests.length).toBeGreaterThanOrEqual(40)
  for (const address of ['/', '/europe', '/europe/ferry-1', '/feed.xml', '/nothing-here'])
    for (const [n, sent] of requests.entries()) {
      door.sendNotice(['sections'])
      await door.request({ ...sent, path: address + (sent.path ?? '') })
      const { status, text, headers } = await door.get(address)
      const expected = `<!DOCTYPE html><html><head></head><body>Page of ${address}</body></html>`
      expect([n, status, text]).toEqual([n, 200, expected])
      expect(headers['set-cookie']).toBeUndefined()
      expect(missingHeaders(headers)).toEqual([])
    }
})

test('made-up addresses stay within their limit and evict no real page', async () => {
  const MAX_BYTES = UNCOMPRESSED_LIMIT + 512 * 1024
  const realPaths = Array.from({ length: 50 }, (_, n) => `/europe/ferry-${n}`)
  const { door } = await aPortal(
    ({ url = '' }) =>
      realPaths.includes(url)
        ? { body: 'Ferry', tags: 'latest' }
        : { body: 'Nothing here. '.repeat(30), tags: 'sections', pageStatus: 404 },
    { maxPageBytes: MAX_BYTES },
  )
  for (const address of realPaths) await door.get(address)
  const { stored } = door.pageCache
  for (let n = 0; n < 200; n += 1) {
    await door.get(`/made-up-${n}`)
    expect(stored.peek(`/made-up-${n}`)).toBeDefined()
    await door.get(`/search?q=word${n}`)
    expect(stored.size().bytes).toBeLessThanOrEqual(MAX_BYTES)
  }
  expect(stored.peek('/made-up-0')).toBeUndefined()
  expect(stored.size().pages).toBe(realPaths.length)
  for (const address of realPaths) expect((await door.get(address)).headers['cache-status']).toBe('Broadsheet; hit')
})

test('a drain finishes running requests, and does not wait for idle connections', async () => {
  const { door } = await aPortal(() => ({ body: 'News', tags: 'sections', delay: 400 }))
  const agent = new http.Agent({ keepAlive: true })
  expect((await door.get('/healthz')).text).toBe('alive\n')
  const running = Promise.all([
    door.request({ path: '/', agent }),
    door.request({ path: '/admin', agent }),
    ...Array.from({ length: 20 }, (_, n) => door.get(`/section-${n % 4}`)),
  ])
  await pause(100)
  const began = performance.now()
  const drained = door.drain()
  expect((await running).map(({ status }) => status)).toEqual(Array.from({ length: 22 }, () => 200))
  await drained
  expect(performance.now() - began).toBeLessThan(3000)
  await expect(door.get('/')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  agent.destroy()
})
