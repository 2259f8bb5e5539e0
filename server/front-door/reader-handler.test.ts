import http from 'node:http'
import zlib from 'node:zlib'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { HIT, STALE_IF_ERROR } from '../page-cache/send-page'
import { aPortal, HOST, missingHeaders, type Rendered } from './front-door.test-support'

const page = (text: string, tags = 'front-page sections'): Rendered => ({ body: text, tags })
const status = (answer: { headers: Record<string, unknown> }) => answer.headers['cache-status']

test('concurrent requests for a page share one render', async () => {
  const { renderer, door } = await aPortal(() => ({ ...page('News'), delay: 100 }))
  const answers = await Promise.all(Array.from({ length: 50 }, () => door.get('/')))
  expect(renderer.requests).toHaveLength(1)
  expect(new Set(answers.map(({ status, text }) => `${status} ${text}`))).toEqual(
    new Set(['200 <!DOCTYPE html><html><head></head><body>News</body></html>']),
  )
  const hit = await door.get('/')
  expect(status(hit)).toBe(HIT)
  expect(hit.headers['surrogate-key']).toBe('front-page sections')
  expect(renderer.requests).toHaveLength(1)
})

test('a miss has its Cache-Status and render time; a hit is not logged, a miss is, once', async () => {
  const { door } = await aPortal(() => page('News'))
  const miss = await door.get('/?utm_source=x')
  expect(status(miss)).toBe('Broadsheet; fwd=uri-miss; stored')
  expect(miss.headers['server-timing']).toMatch(/^render;dur=\d/u)
  await door.get('/')
  const ms = expect.any(Number) as number
  expect(door.logged).toMatchObject([{ method: 'GET', path: '/', status: 200, outcome: 'miss', ms }])
})

test('the same body in brotli, gzip and identity, as the client accepts', async () => {
  const { door } = await aPortal(() => page('Ferry. '.repeat(500)))
  const plain = await door.get('/')
  const br = await door.get('/', { 'accept-encoding': 'gzip, deflate, br' })
  const gzip = await door.get('/', { 'accept-encoding': 'gzip' })
  expect(zlib.brotliDecompressSync(br.body)).toEqual(plain.body)
  expect(zlib.gunzipSync(gzip.body)).toEqual(plain.body)
  expect([plain, br, gzip].map(({ headers }) => headers['content-encoding'])).toEqual([undefined, 'br', 'gzip'])
  expect([plain, br, gzip].every(({ headers, body }) => headers['content-length'] === String(body.length))).toBe(true)
  expect(new Set([plain, br, gzip].map(({ headers }) => headers.vary))).toEqual(new Set(['Accept-Encoding']))
})

test('a client with the page’s ETag gets 304; HEAD gets the headers of GET and no body', async () => {
  const { door } = await aPortal(() => page('News'))
  const whole = await door.get('/')
  const known = await door.get('/', { 'if-none-match': `"other", ${String(whole.headers.etag)}` })
  expect([known.status, known.text, known.headers.etag]).toEqual([304, '', whole.headers.etag])
  const head = await door.request({ method: 'HEAD' })
  expect([head.status, head.text, head.headers['content-length']]).toEqual([200, '', whole.headers['content-length']])
  door.sendNotice(['front-page'])
  const miss = await door.request({ method: 'HEAD' })
  expect([miss.status, miss.text, status(miss)]).toEqual([200, '', 'Broadsheet; fwd=stale; stored'])
})

test('after a notice the old page is never sent again, also when it was being rendered at that moment', async () => {
  const { renderer, door } = await aPortal(() => page('Old'))
  await door.get('/')
  renderer.render = () => page('New')
  door.sendNotice(['section:1'])
  expect((await door.get('/')).text).toContain('Old')
  door.sendNotice(['front-page'])
  const after = await door.get('/')
  expect([after.text.includes('New'), status(after)]).toEqual([true, 'Broadsheet; fwd=stale; stored'])

  let text = 'Read before the change'
  renderer.render = () => ({ ...page(text), delay: 120 })
  door.sendNotice(['front-page'])
  const requests = door.get('/')
  await pause(50)
  text = 'Read after the change'
  door.sendNotice(['front-page'])
  expect((await requests).text).toContain('Read after the change')
  expect((await door.get('/')).text).toContain('Read after the change')
})

test('a page that is invalidated during every render is sent to the waiting client, and not stored', async () => {
  let n = 0
  const { door } = await aPortal(() => {
    n += 1
    setTimeout(() => door.sendNotice(['front-page']), 10)
    return { ...page(`Render ${n}`), delay: 40 }
  })
  expect((await door.get('/')).status).toBe(200)
  expect(door.pageCache.stored.peek('/')).toBeUndefined()
})

test('a page with `staleAt` is rendered again at that moment, without a notice', async () => {
  const staleAt = new Date(Date.now() + 400)
  const { door } = await aPortal(() =>
    Date.now() < staleAt.getTime() ? { ...page('Not yet'), staleAt } : page('The scheduled story'),
  )
  expect((await door.get('/')).text).toContain('Not yet')
  expect(status(await door.get('/'))).toBe(HIT)
  await pause(staleAt.getTime() - Date.now() + 5)
  expect((await door.get('/')).text).toContain('The scheduled story')
})

test('an address requested before its story existed shows the story as soon as it is published', async () => {
  const { renderer, door } = await aPortal(() => ({ body: 'Nothing here', tags: 'story:17 sections', pageStatus: 404 }))
  expect((await door.get('/europe/ferry-17')).status).toBe(404)
  const again = await door.get('/europe/ferry-17')
  expect([again.status, status(again), again.text.includes('Nothing here')]).toEqual([404, HIT, true])
  renderer.render = () => page('The ferry', 'story:17 sections')
  door.sendNotice(['story:17', 'front-page'])
  expect((await door.get('/europe/ferry-17')).status).toBe(200)
})

test('when the renderer fails, a stale page is served and marked; a page that was never rendered is a 503', async () => {
  const { renderer, door } = await aPortal(() => page('News'))
  await door.get('/')
  door.sendNotice(['front-page'])
  renderer.render = () => ({ status: 0 })
  const stale = await door.get('/')
  expect([stale.status, status(stale), stale.text.includes('News')]).toEqual([200, STALE_IF_ERROR, true])
  const missing = await door.get('/latest')
  expect([missing.status, missing.headers['retry-after']]).toEqual([503, '5'])
  expect(missing.text).toContain('<h1>Back in a moment</h1>')
  expect(missingHeaders(stale.headers)).toEqual([])
  expect(missingHeaders(missing.headers)).toEqual([])

  renderer.render = () => page('Mended')
  await expect.poll(async () => (await door.get('/')).text, { timeout: 5000 }).toContain('Mended')
  expect((await door.get('/latest')).status).toBe(200)
})

test('a page with an error of its own is served stale, is not rendered for every request, and does not delay others', async () => {
  const { renderer, door } = await aPortal(() => page('News', 'story:1'))
  await door.get('/europe/ferry-1')
  door.sendNotice(['story:1'])
  renderer.render = ({ url }) => (url === '/europe/ferry-1' ? { status: 500 } : page('Fine'))
  for (let n = 0; n < 5; n += 1) expect(status(await door.get('/europe/ferry-1'))).toBe(STALE_IF_ERROR)
  expect(renderer.requests.filter(({ url }) => url === '/europe/ferry-1')).toHaveLength(2)
  const broken = await door.get('/broken').then(() => door.get('/europe/ferry-2'))
  expect(broken.status).toBe(200)
  renderer.render = ({ url }) => (url === '/' ? page('News') : { status: 500 })
  expect((await door.get('/europe/ferry-3')).status).toBe(500)
})

test('a front page with an error of its own makes no other page unavailable', async () => {
  const { door } = await aPortal(({ url }) => (url === '/' ? { status: 500 } : page('Fine', 'latest')))
  expect((await door.get('/')).status).toBe(503)
  door.pageCache.queue.startProbing()
  for (let n = 0; n < 3; n += 1) expect((await door.get(`/europe/ferry-${n}`)).status).toBe(200)
  expect(door.pageCache.queue.isOpen).toBe(false)
})

test('a page that fails because the database becomes unavailable is a 503, also before the breaker opens', async () => {
  const { door } = await aPortal(async ({ url }) =>
    url === '/' ? new Promise<Rendered>(() => undefined) : { status: 500, delay: 200 },
  )
  const unavailable = await door.get('/europe/ferry-1')
  expect([unavailable.status, unavailable.headers['retry-after']]).toEqual([503, '5'])
  await expect.poll(() => door.pageCache.queue.isOpen, { timeout: 7000 }).toBe(true)
})

test('a renderer that hangs: a stale page within about a second, 503 within three, and no wait after that', async () => {
  const { renderer, door } = await aPortal(() => page('News'))
  await door.get('/')
  door.sendNotice(['front-page'])
  renderer.render = () => new Promise(() => undefined)
  const began = performance.now()
  const [stale, missing] = await Promise.all([door.get('/'), door.get('/latest')])
  expect([stale.status, status(stale), missing.status]).toEqual([200, STALE_IF_ERROR, 503])
  expect(performance.now() - began).toBeLessThan(3500)
  await expect.poll(() => door.pageCache.queue.isOpen, { timeout: 7000 }).toBe(true)
  const again = performance.now()
  expect((await door.get('/')).status).toBe(200)
  expect((await door.get('/latest')).status).toBe(503)
  expect(performance.now() - again).toBeLessThan(500)
})

test('queued renders are dropped when the breaker opens', async () => {
  const { renderer, door } = await aPortal(() => new Promise<Rendered>(() => undefined))
  await Promise.all(Array.from({ length: 40 }, (_, n) => door.get(`/section-${n}`)))
  await expect.poll(() => door.pageCache.queue.isOpen, { timeout: 7000 }).toBe(true)
  expect(new Set(renderer.requests.map(({ url }) => url)).size).toBeLessThanOrEqual(9)
})

test('nothing is rendered for readers who have gone, and what has changed comes before what was never read', async () => {
  let finish: () => void = () => undefined
  const finished = new Promise<void>((resolve) => (finish = resolve))
  const { renderer, door } = await aPortal(async ({ url = '' }) => {
    if (url.startsWith('/gone')) await finished
    return { ...page(url, url === '/europe' ? 'section:1' : 'sections'), delay: 50 }
  })
  await door.get('/europe')
  const gone = Array.from({ length: 60 }, (_, n) =>
    http.get({ port: door.port, path: `/gone-${n}`, headers: { host: HOST } }).on('error', () => undefined),
  )
  await expect.poll(() => renderer.requests.length).toBe(5)
  for (const request of gone) request.destroy()
  const abandoned = async () => /outcome="abandoned"\} (\d+)/u.exec((await door.get('/metrics')).text)?.[1]
  await expect.poll(abandoned).toBe('56')
  const waiting = Array.from({ length: 20 }, (_, n) => door.get(`/waits-${n}`))
  door.sendNotice(['section:1'])
  const changed = await door.get('/europe')
  expect([changed.status, status(changed)]).toEqual([200, 'Broadsheet; fwd=stale; stored'])
  finish()
  await Promise.all(waiting)
  const asked = renderer.requests.map(({ url = '' }) => url)
  expect(asked.filter((url) => url.startsWith('/gone'))).toHaveLength(4)
  // All places of the network were taken, by renders for nobody; the changed page did not wait for one.
  expect(asked.lastIndexOf('/europe')).toBe(5)
})

test('a busy renderer is not broken: while pages are rendered, a front page that is late opens no breaker', async () => {
  const { door } = await aPortal(({ url }) => ({ ...page(String(url), 'section:1'), delay: url === '/' ? 6000 : 300 }))
  door.pageCache.queue.startProbing()
  const answers = await Promise.all(Array.from({ length: 24 }, (_, n) => door.get(`/page-${n}`)))
  door.pageCache.queue.startProbing()
  await pause(500)
  expect(door.pageCache.queue.isOpen).toBe(false)
  expect(answers.map((answer) => answer.status)).toContain(200)
})

test('a withdrawn story is 410 with its page, is never served stale, and every cached page that names it is deleted', async () => {
  const pages: Record<string, Rendered> = {
    '/': { ...page('<h3>Ferry lost</h3>'), stories: '17' },
    '/asia': page('Tea', 'section:3'),
    '/europe/ferry-lost-17': page('Ferry lost', 'story:17'),
  }
  const { renderer, door } = await aPortal(({ url = '' }) => pages[url] ?? { status: 500 })
  for (const address of Object.keys(pages)) await door.get(address)
  renderer.render = () => ({ status: 0 })
  door.sendNotice(['story:17', 'front-page', 'section:3'], [{ storyId: 17, headline: 'Ferry lost', from: null }])
  expect((await door.get('/europe/ferry-lost-17')).status).toBe(503)
  expect((await door.get('/')).status).toBe(503)
  expect((await door.get('/asia')).text).toContain('Tea')
  renderer.render = () => ({ body: 'This story was withdrawn', tags: 'story:17', pageStatus: 410 })
  await expect.poll(() => door.pageCache.queue.isOpen).toBe(false)
  const gone = await door.get('/europe/ferry-lost-17')
  expect([gone.status, gone.text.includes('This story was withdrawn')]).toEqual([410, true])
  expect(status(await door.get('/europe/ferry-lost-17'))).toBe(HIT)
})

test('without a subscription no page is fresh; after reconnecting every page from before is stale', async () => {
  const { renderer, door } = await aPortal(() => page('News'))
  await door.get('/')
  door.handlers.onDisconnected('The connection was closed.')
  expect(door.logged).toContainEqual(expect.objectContaining({ level: 40 }))
  await expect.poll(() => door.pageCache.queue.isOpen).toBe(false)
  const requests = renderer.requests.length
  for (let n = 0; n < 3; n += 1) expect((await door.get('/')).status).toBe(200)
  expect(renderer.requests).toHaveLength(requests + 3)
  renderer.render = () => page('What was missed')
  door.handlers.onConnected({ withdrawn: [], history: 9 })
  expect((await door.get('/')).text).toContain('What was missed')
  expect(status(await door.get('/'))).toBe(HIT)
})

test('repeated failures to reconnect do not open the breaker again', async () => {
  const { door } = await aPortal(() => ({ ...page('News'), delay: 30 }))
  door.handlers.onDisconnected('Notices do not come through.')
  await expect.poll(() => door.pageCache.queue.isOpen).toBe(false)
  for (let n = 0; n < 10; n += 1) {
    const answer = door.get('/')
    door.handlers.onDisconnected('Notices do not come through.')
    expect(status(await answer)).not.toBe(STALE_IF_ERROR)
  }
})

test('a page without tags is passed on and never stored', async () => {
  const { renderer, door } = await aPortal(() => ({ body: 'Untagged' }))
  await door.get('/odd')
  const again = await door.get('/odd')
  expect(renderer.requests).toHaveLength(2)
  expect([again.headers['cache-control'], status(again)]).toEqual(['no-store', 'Broadsheet; fwd=uri-miss'])
})

test('a redirect is stored like a page, with its location', async () => {
  const { door } = await aPortal(() => ({ tags: 'story:17', pageStatus: 301, location: '/asia/ferry-17' }))
  await door.get('/europe/ferry-17')
  const moved = await door.get('/europe/ferry-17')
  expect([moved.status, moved.headers.location, status(moved)]).toEqual([301, '/asia/ferry-17', HIT])
  expect(missingHeaders(moved.headers)).toEqual([])
})

test('after a notice the front page and what it links to are rendered at once, before any request', async () => {
  const { renderer, door } = await aPortal(({ url }) =>
    url === '/' ? page('<a href="/asia/tea-1">Tea</a><a href="/admin">Newsroom</a>') : page('Tea', 'story:1 latest'),
  )
  await door.pageCache.warm()
  await expect.poll(() => door.pageCache.stored.peek('/asia/tea-1')?.fresh).toBe(true)
  const before = renderer.requests.length
  door.sendNotice(['front-page', 'latest'])
  await expect.poll(() => renderer.requests.slice(before).map(({ url }) => url)).toEqual(['/', '/asia/tea-1'])
  await expect.poll(() => door.pageCache.stored.peek('/asia/tea-1')?.fresh).toBe(true)
  expect(status(await door.get('/asia/tea-1'))).toBe(HIT)
})
