import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { aDoor, aServer, listen } from './door.test-support'

const STREAM = '/admin/stories/17/words/stream'

/** A stand-in for Next that begins to tell what others write, and never ends; any other page it answers at once. */
async function aTeller() {
  const left: string[] = []
  const { origin } = await aServer((request, response) => {
    const url = request.url ?? ''
    if (!url.startsWith(STREAM)) return void response.writeHead(200, { 'content-type': 'text/html' }).end('Desk')
    response.once('close', () => left.push(url))
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' }).write('retry: 1000\n\n')
  })
  return { origin, left }
}

/** Somebody listens; resolves with what comes when the first words have come. */
async function hear(port: number): Promise<IncomingMessage> {
  const heard = await listen(port, STREAM)
  return new Promise((resolve) => heard.once('data', () => resolve(heard)))
}

test('what others write comes through word by word, and the renderer is told when a listener has gone', async () => {
  const teller = await aTeller()
  const door = await aDoor(teller)
  const heard = await hear(door.port)
  expect(heard.headers).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
  })
  heard.destroy()
  await expect.poll(() => teller.left).toEqual([STREAM])
})

test('a hundred listeners keep no page from anybody', async () => {
  const door = await aDoor(await aTeller())
  await Promise.all(Array.from({ length: 100 }, () => hear(door.port)))
  expect((await door.get('/admin')).status).toBe(200)
})

test('when the door drains, streams end at once, so that listeners turn to the next server', async () => {
  const door = await aDoor(await aTeller())
  const heard = await hear(door.port)
  const ended = new Promise((resolve) => heard.resume().once('end', resolve))
  const began = performance.now()
  const drained = door.drain()
  await ended
  expect(performance.now() - began).toBeLessThan(1000)
  await drained
  expect(performance.now() - began).toBeLessThan(5000)
})
