import { expect, test } from 'vitest'
import { aPortal, HOST, type TestRequest } from './front-door.test-support'

test('the newsroom receives cookies, but no header that controls Next or forges a client address', async () => {
  const { renderer, door } = await aPortal()
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
  const forwarded = renderer.requests[0]?.headers ?? {}
  expect(forwarded).toMatchObject({
    cookie: 'broadsheet-session=x',
    'accept-language': 'de',
    host: HOST,
    'x-forwarded-host': HOST,
    'x-client-address': '127.0.0.1',
  })
  // The front door sets these itself.
  const setByFrontDoor = ['x-forwarded-host', 'x-client-address', 'content-security-policy']
  for (const name of Object.keys(steering)) if (!setByFrontDoor.includes(name)) expect(forwarded[name]).toBeUndefined()
  expect(forwarded['content-security-policy']).not.toContain('*')
})

test('in the newsroom only scripts with the nonce of the response run, and the renderer receives that nonce', async () => {
  const { renderer, door } = await aPortal()
  const policies: string[] = []
  for (let turn = 0; turn < 2; turn += 1) {
    const { headers } = await door.get('/admin')
    policies.push(String(headers['content-security-policy']))
    expect(renderer.requests[turn]?.headers['content-security-policy']).toBe(policies[turn])
  }
  expect(policies[0]).toMatch(/script-src 'nonce-[\w+/=]{24}' 'strict-dynamic'/u)
  expect(policies[0]).not.toBe(policies[1])
})

test.each(['http', 'https'])('a request from another site changes nothing in the newsroom, on %s', async (protocol) => {
  const own = `${protocol}://${HOST}`
  const { renderer, door } = await aPortal(undefined, { siteUrl: new URL(own) })
  const post = (headers: TestRequest['headers']) =>
    door.request({ method: 'POST', path: '/admin', body: 'headline=x', headers }).then(({ status }) => status)
  const cookie = 'broadsheet-session=x'
  for (const site of ['cross-site', 'same-site']) expect(await post({ cookie, 'sec-fetch-site': site })).toBe(403)
  expect(await post({ 'sec-fetch-site': 'cross-site' })).toBe(403)
  for (const origin of ['http://evil.example', `${own}.evil.example`, 'null'])
    expect(await post({ cookie, origin })).toBe(403)
  expect(await post({ cookie })).toBe(403)
  expect(renderer.requests).toHaveLength(0)
  for (const site of ['same-origin', 'none']) expect(await post({ cookie, 'sec-fetch-site': site })).toBe(200)
  expect(await post({ cookie, origin: own })).toBe(200)
  expect(await post({})).toBe(200)
})

test('nothing of the newsroom is ever cached, however its address is spelled', async () => {
  const { door } = await aPortal(({ headers }) => ({
    body: headers.cookie ? 'Secret of an editor' : 'For everybody',
    tags: 'sections',
    headers: { 'cache-control': 'public, max-age=600, immutable' },
  }))
  const spellings = [
    '/admin', '/admin/', '//admin', '/./admin', '/x/../admin', '/%61dmin', '/admin/x.css', '/admin/reader.js',
    '/admin/..%2fadmin', '/admin%2fx', '/admin;x.css', '/admin/%2e%2e/admin/a.css', '/admin?x.css', '/admin/x.css?q=1',
    '/sign-in', '/sign-in/x.png', '/setup/abc', '/welcome/abc.ico', '/api/auth/session', '/sign-out', '/ADMIN', '/admin.css',
    '/%2fadmin', '/%5cadmin', '/admin%00.css', '/admin\\x.css',
  ] // prettier-ignore
  for (const address of spellings) {
    const signedIn = await door.get(address, { cookie: 'broadsheet-session=x' })
    const target = signedIn.status === 301 ? String(signedIn.headers.location) : address
    if (signedIn.status === 301) await door.get(target, { cookie: 'broadsheet-session=x' })
    const anonymous = await door.get(target)
    expect([address, anonymous.text.includes('Secret')]).toEqual([address, false])
    if (/^\/(?:admin|sign-in|sign-out|setup|welcome|api)(?:\/|$|\?)/u.test(target) && anonymous.status === 200) {
      expect([address, anonymous.headers['cache-control']]).toEqual([address, 'no-store'])
      expect(anonymous.headers['x-robots-tag']).toBe('noindex, nofollow')
      expect(anonymous.headers['cache-status']).toBeUndefined()
    }
  }
  for (const page of [...door.pageCache.stored.recentPages()]) expect(page.key).not.toMatch(/^\/admin(?:\/|$)/u)
})

test('the newsroom without its renderer says that the text is safe, and comes back', async () => {
  const { renderer, door } = await aPortal(() => ({ status: 0 }))
  for (const sent of [{ path: '/admin' }, { path: '/admin', method: 'POST', body: 'headline=x' }]) {
    const away = await door.request(sent)
    expect([away.status, away.headers['retry-after']]).toEqual([503, '5'])
    expect(away.text).toContain('temporarily unavailable. Your text is safe on this device')
    expect(away.headers['set-cookie']).toBeUndefined()
  }
  renderer.render = () => ({ body: 'Desk', headers: { 'set-cookie': ['a=1', 'b=2'] } })
  const back = await door.get('/admin')
  expect([back.status, back.headers['set-cookie']]).toEqual([200, ['a=1', 'b=2']])
})

test('a newsroom page with status 503 is a 503, and its Retry-After is passed on', async () => {
  const { renderer, door } = await aPortal(() => ({ body: 'Unavailable', pageStatus: 503 }))
  const away = await door.get('/admin')
  expect([away.status, away.headers['retry-after'], away.text.includes('page-status')]).toEqual([503, '5', false])
  renderer.render = () => ({ status: 429, headers: { 'retry-after': '60' } })
  expect((await door.get('/sign-in')).headers['retry-after']).toBe('60')
  renderer.render = () => ({ body: 'Too many tries', pageStatus: 429, retryAfter: 831 })
  const refused = await door.get('/sign-in')
  expect([refused.status, refused.headers['retry-after'], refused.text.includes('retry')]).toEqual([429, '831', false])
})

test('that a proxy stands in front of a server that trusts none is said once', async () => {
  const forwarded = { 'x-forwarded-for': '6.6.6.6' }
  const said = (logged: Record<string, unknown>[]) =>
    logged.filter(({ level, msg }) => level === 40 && String(msg).includes('TRUST_PROXY'))
  const { door } = await aPortal()
  await door.get('/admin')
  expect(said(door.logged)).toHaveLength(0)
  await door.get('/admin', forwarded)
  await door.get('/sign-in', forwarded)
  expect(said(door.logged)).toHaveLength(1)
  const trusting = await aPortal(undefined, { trustProxy: true })
  await trusting.door.get('/admin', forwarded)
  expect(said(trusting.door.logged)).toHaveLength(0)
})
