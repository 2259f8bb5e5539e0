import http, { type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { aDoor, HOST } from './door.test-support'

const STREAM = '/admin/stories/17/words/stream'

/** A stand-in for Next that begins to tell what others write, and never ends; any other page it answers at once. */
async function aTeller() {
  const left: string[] = []
  const server = http.createServer((request, response) => {
    const url = request.url ?? ''
    if (!url.startsWith(STREAM)) return void response.writeHead(200, { 'content-type': 'text/html' }).end('Desk')
    response.once('close', () => left.push(url))
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' }).write('retry: 1000\n\n')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(() => resolve()))
  })
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, left }
}

/** Somebody listens; resolves with what comes when the first words have come. */
function listen(port: number): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = http.get(
      { port, host: '127.0.0.1', path: STREAM, headers: { host: HOST }, agent: false },
      (heard) => heard.once('data', () => resolve(heard)),
    )
    request.once('error', reject)
  })
}

test('what others write comes through word by word, and the renderer is told when a listener has gone', async () => {
  const teller = await aTeller()
  const door = await aDoor(teller)
  const heard = await listen(door.port)
  expect(heard.headers).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
  })
  heard.destroy()
  await expect.poll(() => teller.left).toEqual([STREAM])
})

test('a hundred listeners keep no page from anybody', async () => {
  const door = await aDoor(await aTeller())
  await Promise.all(Array.from({ length: 100 }, () => listen(door.port)))
  expect((await door.get('/admin')).status).toBe(200)
})

test('when the door drains, streams end at once, so that listeners turn to the next server', async () => {
  const door = await aDoor(await aTeller())
  const heard = await listen(door.port)
  const ended = new Promise((resolve) => heard.resume().once('end', resolve))
  const began = performance.now()
  const drained = door.drain()
  await ended
  expect(performance.now() - began).toBeLessThan(1000)
  await drained
  expect(performance.now() - began).toBeLessThan(5000)
})
