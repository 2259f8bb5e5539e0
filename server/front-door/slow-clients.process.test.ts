import net from 'node:net'
import { expect, test } from 'vitest'
import { aPortal, HOST } from './front-door.test-support'

/** Sends a beginning and then one byte a second; how long until the connection is closed, in milliseconds, and what was received. */
function trickle(port: number, beginning: string): Promise<{ took: number; received: string }> {
  return new Promise((resolve) => {
    const began = performance.now()
    const socket = net.connect(port, '127.0.0.1', () => socket.write(beginning))
    const more = setInterval(() => socket.write('a'), 1000)
    let received = ''
    socket.on('data', (chunk) => (received += chunk.toString()))
    socket
      .on('error', () => undefined)
      .once('close', () => {
        clearInterval(more)
        resolve({ took: performance.now() - began, received })
      })
  })
}

test('a client that sends headers or a body byte by byte is disconnected in time, and does not block others', async () => {
  const { door } = await aPortal()
  const heads = Array.from({ length: 200 }, () => trickle(door.port, `GET / HTTP/1.1\r\nHost: ${HOST}\r\nX-Slow: `))
  const body = `POST /admin HTTP/1.1\r\nHost: ${HOST}\r\nContent-Length: 1000\r\nContent-Type: text/plain\r\n\r\n`
  const bodies = Array.from({ length: 20 }, () => trickle(door.port, body))
  for (let n = 0; n < 20; n += 1) expect((await door.get('/')).status).toBe(200)
  for (const { took, received } of await Promise.all(heads)) {
    expect(took).toBeLessThan(12_000)
    expect(received).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/u)
    expect(received).toContain('X-Content-Type-Options: nosniff')
  }
  for (const { took } of await Promise.all(bodies)) expect(took).toBeLessThan(20_000)
})

test('a drain does not wait for a client that is still sending', async () => {
  const { door } = await aPortal()
  const slow = trickle(door.port, `POST /admin HTTP/1.1\r\nHost: ${HOST}\r\nContent-Length: 1000\r\n\r\n`)
  expect((await door.get('/')).status).toBe(200)
  const began = performance.now()
  await Promise.all([door.drain(), slow])
  expect(performance.now() - began).toBeLessThan(12_000)
})
