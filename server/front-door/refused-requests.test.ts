import { expect, test } from 'vitest'
import { aPortal, HOST, missingHeaders } from './front-door.test-support'
import { knownHosts, MAX_BODY_SIZE } from './request-guard'

test('known hosts are the site’s, with and without its port, and this machine with the port in use', () => {
  expect([...knownHosts(new URL('https://news.example'), 3000)].sort()).toEqual(
    ['127.0.0.1:3000', '[::1]:3000', 'localhost:3000', 'news.example', 'news.example:443'].sort(),
  )
  expect(knownHosts(new URL('http://localhost:8080'), 8080).has('localhost:8080')).toBe(true)
})

test('a request for an unknown host is refused, and one without a host', async () => {
  const { renderer, door } = await aPortal()
  await door.get('/')
  for (const host of ['evil.example', 'news.example.evil.example', 'news.example:99', ''])
    expect((await door.get('/', { host })).status).toBe(421)
  // The host is checked before anything else.
  const headers = { host: 'evil.example' }
  expect((await door.request({ method: 'TRACE', path: '/%', headers })).status).toBe(421)
  for (const host of [HOST, 'NEWS.example', 'news.example:80', 'localhost'])
    expect((await door.get('/', { host })).status).toBe(200)
  expect(await door.raw('GET / HTTP/1.1\r\nConnection: close\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /u)
  expect(renderer.requests).toHaveLength(1)
})

test('GET and HEAD are allowed everywhere, POST in the newsroom', async () => {
  const { renderer, door } = await aPortal()
  const expectRefused = async (method: string, path: string, allow: string) => {
    const answer = await door.request({ method, path })
    expect([method, path, answer.status, answer.headers.allow]).toEqual([method, path, 405, allow])
  }
  for (const method of ['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'POST', 'PROPFIND'])
    for (const path of ['/', '/europe']) await expectRefused(method, path, 'GET, HEAD')
  for (const method of ['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'])
    for (const path of ['/admin', '/admin/stories/new']) await expectRefused(method, path, 'GET, HEAD, POST')
  expect(renderer.requests).toHaveLength(0)
  for (const method of ['GET', 'HEAD'])
    for (const path of ['/', '/europe?before=x', '/admin'])
      expect((await door.request({ method, path })).status).toBe(200)
  expect((await door.request({ method: 'POST', path: '/sign-in', body: 'email=x' })).status).toBe(200)
})

test('malformed addresses are 400 and do not reach the renderer', async () => {
  const { renderer, door } = await aPortal()
  const malformed = ['/%', '/%zz', '/%c3%28', '/%00', '/a%0d%0aSet-Cookie:x', '/%ff', '/search?q=%', '/search?q=%00']
  for (const address of malformed) expect([address, (await door.get(address)).status]).toEqual([address, 400])
  expect(await door.raw(`GET /caf\xe9 HTTP/1.1\r\nHost: ${HOST}\r\nConnection: close\r\n\r\n`)).toMatch(/ 400 /u)
  expect(await door.raw(`GET http://${HOST}/ HTTP/1.1\r\nHost: ${HOST}\r\nConnection: close\r\n\r\n`)).toMatch(/ 400 /u)
  expect(await door.raw('rubbish\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /u)
  expect(renderer.requests).toHaveLength(0)
})

test('what is too long is refused: addresses 414, headers 431, bodies 413', async () => {
  const { renderer, door } = await aPortal()
  expect((await door.get(`/${'a'.repeat(2050)}`)).status).toBe(414)
  expect((await door.get('/', { cookie: 'a'.repeat(17_000) })).status).toBe(431)
  const post = (size: number, headers = {}) =>
    door.request({ method: 'POST', path: '/admin', body: Buffer.alloc(size, 'a'), headers })
  const declared = await post(MAX_BODY_SIZE + 1)
  expect([declared.status, declared.text.includes('your text is still on your device')]).toEqual([413, true])
  expect(renderer.requests).toHaveLength(0)
  expect((await post(MAX_BODY_SIZE + 1, { 'transfer-encoding': 'chunked' })).status).toBe(413)
  expect((await post(MAX_BODY_SIZE)).status).toBe(200)
})

test('every other spelling redirects to the canonical one, and never to another host', async () => {
  const { door } = await aPortal()
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
  for (const [target, location] of Object.entries(spellings)) {
    const answer = await door.get(target)
    expect([target, answer.status, answer.headers.location]).toEqual([target, 301, location])
    expect(missingHeaders(answer.headers)).toEqual([])
  }
})
