import { once } from 'node:events'
import net from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { aPortal, HOST, missingHeaders, type TestRequest } from './front-door.test-support'

const head = (...lines: string[]) => [...lines, `Host: ${HOST}`, '', ''].join('\r\n')

/** Requests that say something of a body, as a client that is broken or hostile sends them. */
const odd: Record<string, string> = {
  'a read with a length and no body': head('GET /admin HTTP/1.1', 'Content-Length: 120'),
  'a read with a body': `${head('GET /admin HTTP/1.1', 'Content-Length: 44')}GET /admin?smuggled HTTP/1.1\r\nHost: x\r\n\r\nxx`,
  'a read in chunks without an end': `${head('GET /admin HTTP/1.1', 'Transfer-Encoding: chunked')}5\r\nhello\r\n`,
  'a HEAD with a length': head('HEAD /admin HTTP/1.1', 'Content-Length: 120'),
  'an expectation': head('GET /admin HTTP/1.1', 'Expect: 100-continue', 'Content-Length: 120'),
  'a length of one connection': head(
    'GET /admin HTTP/1.1',
    'Connection: content-length, x-kite',
    'X-Kite: 1',
    'Content-Length: 9',
  ),
  'a write that is cut': `${head('POST /sign-in HTTP/1.1', 'Sec-Fetch-Site: same-origin', 'Content-Length: 5000', 'Content-Type: multipart/form-data; boundary=x')}--x\r\n`,
  'a write in chunks that is cut': `${head('POST /sign-in HTTP/1.1', 'Sec-Fetch-Site: same-origin', 'Transfer-Encoding: chunked')}5\r\nhello\r\n`,
}

/** Sends bytes and goes away. */
async function sendAndLeave(port: number, bytes: string, wait = 20) {
  const socket = net.connect(port, '127.0.0.1')
  socket.on('error', () => undefined)
  socket.write(bytes, 'latin1')
  await pause(wait)
  socket.destroy()
  await once(socket, 'close')
}

test.each(Object.entries(odd))('after %s the requests of others are answered as before', async (_name, bytes) => {
  const { door, renderer } = await aPortal()
  for (let round = 0; round < 5; round += 1) {
    await Promise.all(Array.from({ length: 4 }, () => sendAndLeave(door.port, bytes)))
    const [desk, write] = await Promise.all([
      door.get('/admin'),
      door.request({ path: '/sign-in', method: 'POST', body: 'a=b', headers: { 'sec-fetch-site': 'same-origin' } }),
    ])
    expect([desk.status, desk.text.includes('Desk'), write.status]).toEqual([200, true, 200])
  }
  for (const { method, headers, url } of renderer.requests) {
    expect([method, url]).not.toContain('/admin?smuggled')
    expect([headers['transfer-encoding'], headers.expect, headers['x-kite']]).toEqual([undefined, undefined, undefined])
    // Every write arrives whole, and no read announces a body.
    expect(headers['content-length']).toBe(method === 'POST' ? '3' : undefined)
  }
})

test('a client that goes away counts as gone, at any moment, and is neither a 503 nor told to anyone', async () => {
  const { door } = await aPortal(async () => ({ body: 'Desk', delay: 300 }))
  const write = odd['a write that is cut'] ?? ''
  const whole = head('POST /sign-in HTTP/1.1', 'Sec-Fetch-Site: same-origin', 'Content-Length: 3') + 'a=b'
  for (const bytes of [write, whole, head('GET /admin HTTP/1.1')]) await sendAndLeave(door.port, bytes, 60)
  await vi.waitFor(async () => {
    const { text } = await door.get('/metrics', { host: 'localhost' })
    expect(/responses_total\{outcome="gone"\} (\d+)/u.exec(text)?.[1]).toBe('3')
    expect(/responses_total\{outcome="unavailable"\} (\d+)/u.exec(text)?.[1]).toBe('0')
  })
  expect(door.logged.filter(({ level }) => Number(level) >= 40)).toEqual([])
  expect(door.logged.filter(({ outcome }) => outcome === 'gone')).toEqual([])
})

test('a renderer that closes its connection is no client that goes away', async () => {
  const { door } = await aPortal(() => ({ status: 0 }))
  const write: TestRequest = {
    path: '/sign-in',
    method: 'POST',
    body: 'a',
    headers: { 'sec-fetch-site': 'same-origin' },
  }
  expect((await door.request(write)).status).toBe(503)
  expect(door.logged.map(({ outcome }) => outcome)).toEqual(['unavailable'])
})

test('whoever was refused and keeps the connection open loses it', async () => {
  const { door } = await aPortal()
  door.server.headersTimeout = 500
  door.server.requestTimeout = 500
  const refused = [
    'GET / HT',
    'nonsense\r\n\r\n',
    head('GET / HTTP/1.1', 'Connection: Upgrade', 'Upgrade: websocket'),
    head('GET /admin HTTP/1.1', 'Expect: a-kite', 'Content-Length: 9'),
    `${head('POST /admin HTTP/1.1', 'Transfer-Encoding: chunked')}5\r\nhello\r\n`,
    head('POST /sign-in HTTP/1.1', 'Sec-Fetch-Site: same-origin', `Content-Length: ${9 * 1024 * 1024}`),
    head('DELETE /admin HTTP/1.1', 'Content-Length: 99'),
  ]
  const sockets = refused.map((bytes) => {
    // Like a client that never closes its side.
    const socket = net.connect({ port: door.port, host: '127.0.0.1', allowHalfOpen: true })
    socket.on('error', () => undefined).resume()
    socket.write(bytes, 'latin1')
    return socket
  })
  const connections = () => new Promise((resolve) => door.server.getConnections((_error, count) => resolve(count)))
  await Promise.all(sockets.map((socket) => once(socket, 'connect')))
  await vi.waitFor(async () => expect(await connections()).toBe(0), { timeout: 10_000, interval: 100 })
  for (const socket of sockets) socket.destroy()
}, 20_000)

test('an unknown expectation is refused with the headers of every response', async () => {
  const { door } = await aPortal()
  const { status, headers } = await door.get('/', { expect: 'a-kite' })
  expect([status, missingHeaders(headers)]).toEqual([417, []])
})

test('on https a form of the same host over http comes from elsewhere; the metrics answer known hosts only', async () => {
  const { door } = await aPortal(undefined, { siteUrl: new URL(`https://${HOST}`) })
  const write = (origin: string, host = HOST) =>
    door.request({ path: '/sign-in', method: 'POST', body: 'a', headers: { host, origin, cookie: 'a=b' } })
  expect((await write(`https://${HOST}`)).status).toBe(200)
  expect((await write(`http://${HOST}`)).status).toBe(403)
  expect((await write(`http://${HOST}`, `${HOST}:443`)).status).toBe(403)
  expect((await write('http://localhost', 'localhost')).status).toBe(200)
  expect((await door.get('/metrics', { host: 'localhost' })).status).toBe(200)
  expect((await door.get('/metrics', { host: 'evil.example' })).status).toBe(404)
})
