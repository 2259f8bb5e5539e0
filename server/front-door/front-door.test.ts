import http from 'node:http'
import net from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { aDoor, aRenderer, HOST, missingHeaders, type Rendered, type Sent } from './door.test-support'

const news: Rendered = { words: 'News', tags: 'front-page sections' }
const tagged = ({ url }: { url?: string }): Rendered =>
  url?.startsWith('/admin') || url === '/sign-in' ? { words: 'Desk' } : { words: `Page ${url ?? ''}`, tags: 'sections' }

test('a host that is not ours is told so, and one that names none too', async () => {
  const renderer = await aRenderer(() => news)
  const door = await aDoor(renderer)
  await door.get('/')
  for (const host of ['evil.example', 'news.example.evil.example', 'news.example:99', ''])
    expect((await door.get('/', { host })).status).toBe(421)
  for (const host of [HOST, 'NEWS.example', 'news.example:80', 'localhost'])
    expect((await door.get('/', { host })).status).toBe(200)
  expect(await door.raw('GET / HTTP/1.1\r\nConnection: close\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /u)
  expect(renderer.asked).toHaveLength(1)
})

test('only what makes sense may be done: reading everywhere, writing in the newsroom', async () => {
  const renderer = await aRenderer(tagged)
  const door = await aDoor(renderer)
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND']) {
    const answer = await door.ask({ method, path: '/' })
    expect([method, answer.status, answer.headers.allow]).toEqual([method, 405, 'GET, HEAD'])
  }
  for (const method of ['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE']) {
    const answer = await door.ask({ method, path: '/admin/stories/new' })
    expect([method, answer.status, answer.headers.allow]).toEqual([method, 405, 'GET, HEAD, POST'])
  }
  expect(renderer.asked).toHaveLength(0)
  expect((await door.ask({ method: 'POST', path: '/sign-in', body: 'email=x' })).status).toBe(200)
})

test('addresses that cannot be read are 400 and reach nobody', async () => {
  const renderer = await aRenderer(tagged)
  const door = await aDoor(renderer)
  for (const address of [
    '/%',
    '/%zz',
    '/%c3%28',
    '/%00',
    '/a%0d%0aSet-Cookie:x',
    '/%ff',
    '/search?q=%',
    '/search?q=%00',
  ])
    expect([address, (await door.get(address)).status]).toEqual([address, 400])
  expect(await door.raw(`GET /caf\xe9 HTTP/1.1\r\nHost: ${HOST}\r\nConnection: close\r\n\r\n`)).toMatch(/ 400 /u)
  expect(await door.raw(`GET http://${HOST}/ HTTP/1.1\r\nHost: ${HOST}\r\nConnection: close\r\n\r\n`)).toMatch(/ 400 /u)
  expect(await door.raw('rubbish\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /u)
  expect(renderer.asked).toHaveLength(0)
})

test('what is too long or too much is said to be: addresses 414, heads 431, bodies 413', async () => {
  const renderer = await aRenderer(tagged)
  const door = await aDoor(renderer)
  expect((await door.get(`/${'a'.repeat(2050)}`)).status).toBe(414)
  expect((await door.get('/', { cookie: 'a'.repeat(17_000) })).status).toBe(431)
  const much = Buffer.alloc(9 * 1024 * 1024, 'a')
  const declared = await door.ask({ method: 'POST', path: '/admin', body: much })
  expect([declared.status, declared.text.includes('your text is still on your device')]).toEqual([413, true])
  const unannounced = await door.ask({
    method: 'POST',
    path: '/admin',
    body: much,
    headers: { 'transfer-encoding': 'chunked' },
  })
  expect(unannounced.status).toBe(413)
  expect((await door.ask({ method: 'POST', path: '/admin', body: 'a'.repeat(100_000) })).status).toBe(200)
})

test('one spelling for each address; all others are sent there, and never out of the house', async () => {
  const door = await aDoor(await aRenderer(tagged))
  const spellings: Record<string, string> = {
    '//europe/': '/europe',
    '/europe/': '/europe',
    '/%65urope': '/europe',
    '/x/../europe': '/europe',
    '/x/%2e%2e/europe': '/europe',
    '//evil.example/x': '/evil.example/x',
    '/\\evil.example/x': '/evil.example/x',
    '/.//evil.example': '/evil.example',
    '/europe//ferry-1?before=x&before=y': '/europe/ferry-1?before=x&before=y',
    '/admin//stories/': '/admin/stories',
  }
  for (const [asked, place] of Object.entries(spellings)) {
    const answer = await door.get(asked)
    expect([asked, answer.status, answer.headers.location]).toEqual([asked, 301, place])
    expect(missingHeaders(answer.headers)).toEqual([])
  }
})

test('a reader’s headers and cookies never reach the renderer', async () => {
  const renderer = await aRenderer(() => news)
  const door = await aDoor(renderer)
  await door.get('/', {
    cookie: 'broadsheet-session=x',
    'x-forwarded-host': 'evil.example',
    rsc: '1',
    'user-agent': 'me',
  })
  expect(renderer.asked[0]?.headers).toEqual({
    accept: 'text/html,*/*;q=0.8',
    'user-agent': 'Broadsheet',
    host: HOST,
    'x-forwarded-host': HOST,
    'x-forwarded-proto': 'http',
    connection: 'keep-alive',
  })
})

test('the newsroom hears cookies, but nothing by which a stranger could steer or deceive it', async () => {
  const renderer = await aRenderer(tagged)
  const door = await aDoor(renderer)
  const steering = {
    'x-forwarded-host': 'evil.example',
    'x-forwarded-for': '6.6.6.6',
    'x-real-ip': '6.6.6.6',
    'x-client-address': '6.6.6.6',
    forwarded: 'for=6.6.6.6',
    'x-middleware-subrequest': 'middleware',
    'x-middleware-rewrite': '/admin',
    'x-now-route-matches': '1',
    'x-invoke-path': '/admin',
    'x-matched-path': '/admin',
    'x-nextjs-data': '1',
    'next-resume': '1',
    'content-security-policy': 'script-src *',
  }
  await door.get('/admin', { ...steering, cookie: 'broadsheet-session=x', 'accept-language': 'de' })
  const heard = renderer.asked[0]?.headers ?? {}
  expect(heard).toMatchObject({
    cookie: 'broadsheet-session=x',
    'accept-language': 'de',
    host: HOST,
    'x-forwarded-host': HOST,
    'x-client-address': '127.0.0.1',
  })
  // What is said under these names is said by the door itself.
  const ours = ['x-forwarded-host', 'x-client-address', 'content-security-policy']
  for (const name of Object.keys(steering)) if (!ours.includes(name)) expect(heard[name]).toBeUndefined()
  expect(heard['content-security-policy']).not.toContain('*')
})

test('in the newsroom only scripts with the nonce of this very answer run, and the renderer is told that nonce', async () => {
  const renderer = await aRenderer(tagged)
  const door = await aDoor(renderer)
  const policies: string[] = []
  for (let turn = 0; turn < 2; turn += 1) {
    const { headers } = await door.get('/admin')
    policies.push(String(headers['content-security-policy']))
    expect(renderer.asked[turn]?.headers['content-security-policy']).toBe(policies[turn])
  }
  expect(policies[0]).toMatch(/script-src 'nonce-[\w+/=]{24}' 'strict-dynamic'/u)
  expect(policies[0]).not.toBe(policies[1])
})

test('behind a proxy of ours, the last address it added is the reader’s', async () => {
  const renderer = await aRenderer(tagged)
  const door = await aDoor(renderer, { trustProxy: true })
  await door.get('/admin', { 'x-forwarded-for': '6.6.6.6, 203.0.113.9' })
  expect(renderer.asked[0]?.headers['x-client-address']).toBe('203.0.113.9')
})

test('what another site sends into the newsroom changes nothing', async () => {
  const renderer = await aRenderer(tagged)
  const door = await aDoor(renderer)
  const post = (headers: Sent['headers']) =>
    door.ask({ method: 'POST', path: '/admin', body: 'headline=x', headers }).then(({ status }) => status)
  const cookie = 'broadsheet-session=x'
  expect(await post({ cookie, 'sec-fetch-site': 'cross-site' })).toBe(403)
  expect(await post({ cookie, 'sec-fetch-site': 'same-site' })).toBe(403)
  expect(await post({ 'sec-fetch-site': 'cross-site' })).toBe(403)
  expect(await post({ cookie, origin: 'http://evil.example' })).toBe(403)
  expect(await post({ cookie, origin: 'null' })).toBe(403)
  expect(await post({ cookie })).toBe(403)
  expect(renderer.asked).toHaveLength(0)
  expect(await post({ cookie, 'sec-fetch-site': 'same-origin' })).toBe(200)
  expect(await post({ cookie, 'sec-fetch-site': 'none' })).toBe(200)
  expect(await post({ cookie, origin: `http://${HOST}` })).toBe(200)
  expect(await post({})).toBe(200)
})

test('an upgrade is refused, and a connection reset at that moment ends nothing', async () => {
  const door = await aDoor(await aRenderer(() => news))
  const upgrade = `GET / HTTP/1.1\r\nHost: ${HOST}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`
  const refused = await door.raw(upgrade)
  expect(refused).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/u)
  expect(refused).toContain('X-Content-Type-Options: nosniff')
  for (let n = 0; n < 30; n += 1) {
    const socket = net.connect(door.port, '127.0.0.1', () => {
      socket.write(upgrade)
      socket.resetAndDestroy()
    })
    socket.on('error', () => undefined)
    await new Promise((resolve) => socket.once('close', resolve))
  }
  expect((await door.get('/')).status).toBe(200)
})

test('the security headers are on every kind of answer', async () => {
  const renderer = await aRenderer(({ url }) =>
    url === '/gone-1'
      ? { tags: 'story:1', says: 410 }
      : url === '/none'
        ? { tags: 'sections', says: 404 }
        : tagged({ url }),
  )
  const door = await aDoor(renderer)
  const miss = await door.get('/')
  const kinds = {
    miss,
    hit: await door.get('/'),
    '304': await door.get('/', { 'if-none-match': String(miss.headers.etag) }),
    head: await door.ask({ method: 'HEAD' }),
    '404': await door.get('/none'),
    '404 hit': await door.get('/none'),
    '410': await door.get('/gone-1'),
    '301': await door.get('//'),
    '400': await door.get('/%'),
    '403': await door.ask({ method: 'POST', path: '/admin', headers: { 'sec-fetch-site': 'cross-site' } }),
    '405': await door.ask({ method: 'PUT' }),
    '414': await door.get(`/${'a'.repeat(3000)}`),
    '421': await door.get('/', { host: 'x' }),
    '431': await door.get('/', { cookie: 'a'.repeat(17_000) }),
    healthz: await door.get('/healthz'),
    readyz: await door.get('/readyz'),
    metrics: await door.get('/metrics'),
    newsroom: await door.get('/admin'),
    upgrade: await door.get('/', { connection: 'upgrade', upgrade: 'x' }),
  }
  for (const [kind, answer] of Object.entries(kinds)) expect([kind, missingHeaders(answer.headers)]).toEqual([kind, []])
  expect(kinds['404'].status).toBe(404)
  expect(kinds['410'].status).toBe(410)
  renderer.print = () => ({ status: 0 })
  for (const address of ['/latest', '/admin']) expect(missingHeaders((await door.get(address)).headers)).toEqual([])
})

test('on https every answer insists on https', async () => {
  const door = await aDoor(await aRenderer(() => news), { siteUrl: new URL(`https://${HOST}`), port: 3000 })
  for (const address of ['/', '/', '/healthz', '/%', '//x', '/admin'])
    expect((await door.get(address)).headers['strict-transport-security']).toContain('max-age=31536000')
})

test('whatever a stranger adds to an address, the next reader gets the same bytes', async () => {
  const renderer = await aRenderer(({ url }) => ({ words: `Page of ${url ?? ''}`, tags: 'sections' }))
  const door = await aDoor(renderer)
  const poison: Sent[] = [
    ...['x-forwarded-host', 'x-forwarded-proto', 'x-forwarded-port', 'x-original-url', 'x-rewrite-url', 'x-host'].map(
      (name) => ({ headers: { [name]: 'evil.example' } }),
    ),
    ...['rsc', 'next-router-prefetch', 'next-router-state-tree', 'next-action', 'next-url', 'x-nextjs-data'].map(
      (name) => ({ headers: { [name]: '1' } }),
    ),
    ...['x-middleware-prefetch', 'x-middleware-subrequest', 'x-prerender-revalidate', 'next-resume', 'purpose'].map(
      (name) => ({ headers: { [name]: 'x' } }),
    ),
    ...['accept', 'accept-language', 'user-agent', 'range', 'if-range', 'if-modified-since', 'cache-control'].map(
      (name) => ({ headers: { [name]: name === 'range' ? 'bytes=0-3' : 'x' } }),
    ),
    { headers: { cookie: 'broadsheet-session=stolen' } },
    { headers: { cookie: '__prerender_bypass=1; __next_preview_data=1' } },
    { headers: { authorization: 'Basic eDp5' } },
    { headers: { 'accept-encoding': 'zstd' } },
    { headers: { 'x-http-method-override': 'DELETE' } },
    { method: 'HEAD' },
    { method: 'POST', body: 'x=1' },
    { method: 'OPTIONS' },
    ...['utm_source=x', '_rsc=1', 'fbclid=<script>', 'before=../admin', '__nextLocale=x', 'x', '=', 'a[]=1', 'q=x'].map(
      (question) => ({ path: `?${question}` }),
    ),
    { path: '#x' },
    { path: ';x=1.css' },
  ]
  expect(poison.length).toBeGreaterThanOrEqual(40)
  for (const address of ['/', '/europe', '/europe/ferry-1', '/feed.xml', '/nothing-here']) {
    for (const [n, sent] of poison.entries()) {
      const fresh = `${address === '/' ? '/' : `${address}`}`
      door.notice(['sections'])
      await door.ask({ ...sent, path: fresh + (sent.path ?? '') })
      const clean = await door.get(fresh)
      expect([n, clean.status, clean.text]).toEqual([
        n,
        200,
        `<!DOCTYPE html><html><head></head><body>Page of ${fresh}</body></html>`,
      ])
      expect(Object.keys(clean.headers)).not.toContain('set-cookie')
    }
  }
})

test('what the renderer says to one reader alone, its cookies, is not passed to others', async () => {
  const door = await aDoor(
    await aRenderer(() => ({
      ...news,
      headers: { 'set-cookie': 'a=b', 'cache-control': 'private', 'x-powered-by': 'x' },
    })),
  )
  const [miss, hit] = [await door.get('/'), await door.get('/')]
  for (const { headers } of [miss, hit]) expect(headers['set-cookie']).toBeUndefined()
  expect(missingHeaders(hit.headers)).toEqual([])
})

test('nothing of the newsroom is ever remembered, however its address is spelled', async () => {
  const renderer = await aRenderer(({ headers }) => ({
    words: headers.cookie ? 'Secret of an editor' : 'For everybody',
    tags: 'sections',
    headers: { 'cache-control': 'public, max-age=600, immutable' },
  }))
  const door = await aDoor(renderer)
  const spellings = [
    '/admin', '/admin/', '//admin', '/./admin', '/x/../admin', '/%61dmin', '/admin/x.css', '/admin/reader.js',
    '/admin/..%2fadmin', '/admin%2fx', '/admin;x.css', '/admin/%2e%2e/admin/a.css', '/admin?x.css', '/admin/x.css?q=1',
    '/sign-in', '/sign-in/x.png', '/setup/abc', '/welcome/abc.ico', '/api/auth/session', '/sign-out', '/ADMIN', '/admin.css',
    '/%2fadmin', '/%5cadmin', '/admin%00.css', '/admin\\x.css',
  ] // prettier-ignore
  for (const address of spellings) {
    const signedIn = await door.get(address, { cookie: 'broadsheet-session=x' })
    const place = signedIn.status === 301 ? String(signedIn.headers.location) : address
    if (signedIn.status === 301) await door.get(place, { cookie: 'broadsheet-session=x' })
    const stranger = await door.get(place)
    expect([address, stranger.text.includes('Secret')]).toEqual([address, false])
    if (/^\/(?:admin|sign-in|sign-out|setup|welcome|api)(?:\/|$|\?)/u.test(place) && stranger.status === 200) {
      expect([address, stranger.headers['cache-control']]).toEqual([address, 'no-store'])
      expect(stranger.headers['x-robots-tag']).toBe('noindex, nofollow')
      expect(stranger.headers['cache-status']).toBeUndefined()
    }
  }
  for (const page of [...door.pages.memory.recentPages()]) expect(page.key).not.toMatch(/^\/admin(?:\/|$)/u)
})

test('100,000 made-up addresses keep within their room and push out no real page', async () => {
  const real = Array.from({ length: 50 }, (_, n) => `/europe/ferry-${n}`)
  const renderer = await aRenderer(({ url = '' }) =>
    real.includes(url)
      ? { words: 'Ferry', tags: 'latest' }
      : { words: 'Nothing here. '.repeat(30), tags: 'sections', says: 404 },
  )
  const room = 8 * 1024 * 1024
  const door = await aDoor(renderer, { pageMemory: room })
  for (const address of real) await door.get(address)
  const { memory } = door.pages
  const sample = await door.get('/made-up-0').then(() => memory.peek('/made-up-0'))
  if (!sample) throw new Error('A page that is not there is remembered, too.')
  for (let n = 1; n < 100_000; n += 1) {
    memory.keep({ ...sample, key: `/made-up-${n}` })
    if (n % 20_000 === 0) expect(memory.size().bytes).toBeLessThanOrEqual(room)
  }
  for (let n = 0; n < 200; n += 1) await door.get(`/search?q=word${n}`)
  expect(memory.size().bytes).toBeLessThanOrEqual(room)
  expect(memory.size().pages).toBe(real.length)
  for (const address of real) expect((await door.get(address)).headers['cache-status']).toBe('Broadsheet; hit')
})

test('while it drains it finishes what runs, and waits for nobody who only kept a connection', async () => {
  const renderer = await aRenderer(() => ({ ...news, after: 400 }))
  const door = await aDoor(renderer)
  const agent = new http.Agent({ keepAlive: true })
  expect((await door.get('/healthz')).text).toBe('alive\n')
  const running = Promise.all([
    door.ask({ path: '/', agent }),
    door.ask({ path: '/admin', agent }),
    ...Array.from({ length: 20 }, (_, n) => door.get(`/section-${n % 4}`)),
  ])
  await pause(100)
  const began = performance.now()
  const drained = door.drain()
  expect((await running).map(({ status }) => status)).toEqual(Array.from({ length: 22 }, () => 200))
  await drained
  // Its connections were kept alive by readers; nobody waits for those to be let go.
  expect(performance.now() - began).toBeLessThan(3000)
  await expect(door.get('/')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  agent.destroy()
})

test('the newsroom without its renderer says that the text is safe, and comes back', async () => {
  const renderer = await aRenderer(() => ({ status: 0 }))
  const door = await aDoor(renderer)
  for (const sent of [{ path: '/admin' }, { path: '/admin', method: 'POST', body: 'headline=x' }]) {
    const away = await door.ask(sent)
    expect([away.status, away.headers['retry-after']]).toEqual([503, '5'])
    expect(away.text).toContain('temporarily unavailable. Your text is safe on this device')
    expect(away.headers['set-cookie']).toBeUndefined()
  }
  renderer.print = () => ({ words: 'Desk', headers: { 'set-cookie': ['a=1', 'b=2'] } })
  const back = await door.get('/admin')
  expect([back.status, back.headers['set-cookie']]).toEqual([200, ['a=1', 'b=2']])
})

test('a newsroom page that says it is unavailable is a 503, and one that says when to come back is believed', async () => {
  const renderer = await aRenderer(() => ({ words: 'Unavailable', says: 503 }))
  const door = await aDoor(renderer)
  const away = await door.get('/admin')
  expect([away.status, away.headers['retry-after'], away.text.includes('page-status')]).toEqual([503, '5', false])
  renderer.print = () => ({ status: 429, headers: { 'retry-after': '60' } })
  expect((await door.get('/sign-in')).headers['retry-after']).toBe('60')
})
