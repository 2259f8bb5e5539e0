import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { aFrontDoor, aServer } from './front-door.test-support'

const STREAM = '/admin/stories/17/words/stream'

/** A renderer whose event stream never ends; it responds to any other request at once. */
async function aStreamingRenderer() {
  const closed: string[] = []
  const { origin } = await aServer((request, response) => {
    const url = request.url ?? ''
    if (!url.startsWith(STREAM)) return void response.writeHead(200, { 'content-type': 'text/html' }).end('Desk')
    response.once('close', () => closed.push(url))
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' }).write('retry: 1000\n\n')
  })
  return { origin, left: closed }
}

/** Resolves when the first bytes of the stream have arrived. */
async function openStream(door: { open: (path: string) => Promise<IncomingMessage> }) {
  const stream = await door.open(STREAM)
  await new Promise((resolve) => stream.once('data', resolve))
  return stream
}

test('an event stream is passed on in parts, and closed in the renderer when its client disconnects', async () => {
  const renderer = await aStreamingRenderer()
  const door = await aFrontDoor(renderer)
  const stream = await openStream(door)
  expect(stream.headers['content-type']).toBe('text/event-stream; charset=utf-8')
  expect(stream.headers['cache-control']).toBe('no-store')
  stream.destroy()
  await expect.poll(() => renderer.left).toEqual([STREAM])
})

test('a hundred open streams do not block a page', async () => {
  const door = await aFrontDoor(await aStreamingRenderer())
  await Promise.all(Array.from({ length: 100 }, () => openStream(door)))
  expect((await door.get('/admin')).status).toBe(200)
})

test('a drain ends streams at once, so that their clients connect to the next server', async () => {
  const door = await aFrontDoor(await aStreamingRenderer())
  const stream = await openStream(door)
  const ended = new Promise((resolve) => stream.resume().once('end', resolve))
  const began = performance.now()
  const drained = door.drain()
  await ended
  expect(performance.now() - began).toBeLessThan(1000)
  await drained
  expect(performance.now() - began).toBeLessThan(5000)
})
