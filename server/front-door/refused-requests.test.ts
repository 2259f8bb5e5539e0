import { expect, test } from 'vitest'
import { aFrontDoor, aRenderer, HOST, missingHeaders, type Rendered } from './front-door.test-support'

const news: Rendered = { body: 'News', tags: 'front-page sections' }
const tagged = ({ url }: { url?: string }): Rendered =>
  url?.startsWith('/admin') || url === '/sign-in' ? { body: 'Desk' } : { body: `Page ${url ?? ''}`, tags: 'sections' }

test('a request for an unknown host is refused, and one without a host', async () => {
  const renderer = await aRenderer(() => news)
  const door = await aFrontDoor(renderer)
  await door.get('/')
  for (const host of ['evil.example', 'news.example.evil.example', 'news.example:99', ''])
    expect((await door.get('/', { host })).status).toBe(421)
  for (const host of [HOST, 'NEWS.example', 'news.example:80', 'localhost'])
    expect((await door.get('/', { host })).status).toBe(200)
  expect(await door.raw('GET / HTTP/1.1\r\nConnection: close\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /u)
  expect(renderer.requests).toHaveLength(1)
})

test('GET and HEAD are allowed everywhere, POST in the newsroom', async () => {
  const renderer = await aRenderer(tagged)
  const door = await aFrontDoor(renderer)
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND']) {
    const answer = await door.request({ method, path: '/' })
    expect([method, answer.status, answer.headers.allow]).toEqual([method, 405, 'GET, HEAD'])
  }
  for (const method of ['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE']) {
    const answer = await door.request({ method, path: '/admin/stories/new' })
    expect([method, answer.status, answer.headers.allow]).toEqual([method, 405, 'GET, HEAD, POST'])
  }
  expect(renderer.requests).toHaveLength(0)
  expect((await door.request({ method: 'POST', path: '/sign-in', body: 'email=x' })).status).toBe(200)
})

test('malformed addresses are 400 and do not reach the renderer', async () => {
  const renderer = await aRenderer(tagged)
  const door = await aFrontDoor(renderer)
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
  expect(renderer.requests).toHaveLength(0)
})

test('what is too long is refused: addresses 414, headers 431, bodies 413', async () => {
  const renderer = await aRenderer(tagged)
  const door = await aFrontDoor(renderer)
  expect((await door.get(`/${'a'.repeat(2050)}`)).status).toBe(414)
  expect((await door.get('/', { cookie: 'a'.repeat(17_000) })).status).toBe(431)
  const tooLarge = Buffer.alloc(9 * 1024 * 1024, 'a')
  const declared = await door.request({ method: 'POST', path: '/admin', body: tooLarge })
  expect([declared.status, declared.text.includes('your text is still on your device')]).toEqual([413, true])
  const unannounced = await door.request({
    method: 'POST',
    path: '/admin',
    body: tooLarge,
    headers: { 'transfer-encoding': 'chunked' },
  })
  expect(unannounced.status).toBe(413)
  expect((await door.request({ method: 'POST', path: '/admin', body: 'a'.repeat(100_000) })).status).toBe(200)
})

test('every other spelling redirects to the canonical one, and never to another host', async () => {
  const door = await aFrontDoor(await aRenderer(tagged))
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
