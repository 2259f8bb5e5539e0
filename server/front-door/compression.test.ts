import zlib from 'node:zlib'
import { expect, test } from 'vitest'
import { aFrontDoor, aPortal, aServer, HOST, type Rendered } from './front-door.test-support'

const text = 'Kites over Lower Quibble. '.repeat(400)
const page: Rendered = { body: text, tags: 'sections' }
const browserHeaders = { 'accept-encoding': 'gzip, deflate, br', 'sec-fetch-site': 'same-origin' }

test('an admin page is compressed as its browser accepts, and has the same content', async () => {
  const { door } = await aPortal(() => page)
  const plain = await door.get('/admin/stories/17')
  expect([plain.headers['content-encoding'], plain.text.includes(text)]).toEqual([undefined, true])
  const brotli = await door.get('/admin/stories/17', browserHeaders)
  const typedAddress = { 'accept-encoding': 'gzip', 'sec-fetch-site': 'none' }
  const gzip = await door.get('/admin/stories/17?a=b', typedAddress)
  expect(brotli.headers).toMatchObject({ 'content-encoding': 'br', 'cache-control': 'no-store' })
  expect(brotli.headers.vary).toContain('Accept-Encoding')
  expect(brotli.headers['content-length']).toBe(undefined)
  expect(brotli.body.length).toBeLessThan(plain.body.length / 10)
  expect(zlib.brotliDecompressSync(brotli.body).toString()).toBe(plain.text)
  expect(gzip.headers['content-encoding']).toBe('gzip')
  expect(zlib.gunzipSync(gzip.body).toString()).toBe(plain.text)
})

test('responses to scripts and forms are compressed, too', async () => {
  const data = JSON.stringify({ words: text })
  const { door } = await aPortal(() => ({ body: data, headers: { 'content-type': 'text/x-component' } }))
  const headers = { ...browserHeaders, origin: `http://${HOST}` }
  const answer = await door.request({ path: '/admin/stories/17', method: 'POST', headers, body: 'headline=Kite' })
  expect([answer.status, answer.headers['content-encoding']]).toEqual([200, 'br'])
  expect(zlib.brotliDecompressSync(answer.body).toString()).toContain(data)
})

test('a response that another site may have requested, a page without a session, and what is not text are not compressed', async () => {
  let type = 'text/html; charset=utf-8'
  const { door } = await aPortal(() => ({ ...page, headers: { 'content-type': type } }))
  const encodingOf = async (address: string, headers: Record<string, string>) =>
    (await door.get(address, headers)).headers['content-encoding']
  for (const site of ['cross-site', 'same-site', 'nonsense'])
    expect([site, await encodingOf('/admin', { ...browserHeaders, 'sec-fetch-site': site })]).toEqual([site, undefined])
  for (const address of ['/preview/a-secret', '/setup/a-secret', '/welcome/a-secret', '/sign-in'])
    expect([address, await encodingOf(address, browserHeaders)]).toEqual([address, undefined])
  expect(await encodingOf('/admin', { ...browserHeaders, 'accept-encoding': 'identity' })).toBe(undefined)
  const head = await door.request({ path: '/admin', method: 'HEAD', headers: browserHeaders })
  expect([head.headers['content-encoding'], head.body.length]).toEqual([undefined, 0])
  type = 'image/png'
  expect(await encodingOf('/admin/stories/17/picture', browserHeaders)).toBe(undefined)
})

/** A renderer that sends the first part of a response, and the rest on `finish`. */
async function aSlowRenderer(type: string) {
  let finish = () => {}
  const server = await aServer((_request, response) => {
    response.writeHead(200, { 'content-type': type }).write('The first word')
    finish = () => response.end(' and the last')
  })
  return { ...server, finish: () => finish() }
}

test('the first part is sent at once, though the rest takes long', async () => {
  const renderer = await aSlowRenderer('text/x-component')
  const response = await (await aFrontDoor(renderer)).open('/admin/stories/17', browserHeaders)
  const decompressed = response.pipe(zlib.createBrotliDecompress())
  let received = ''
  decompressed.on('data', (chunk: Buffer) => (received += chunk.toString()))
  await expect.poll(() => received).toBe('The first word')
  renderer.finish()
  await expect.poll(() => received).toBe('The first word and the last')
})

test('an aborted response is aborted for the client, and never looks complete', async () => {
  const renderer = await aSlowRenderer('text/x-component')
  const response = await (await aFrontDoor(renderer)).open('/admin/stories/17', browserHeaders)
  const aborted = new Promise<boolean>((resolve) => {
    response.once('error', () => resolve(true)).once('end', () => resolve(false))
    response.once('data', () => renderer.closeConnections())
  })
  expect(await aborted).toBe(true)
})

test('an event stream is not compressed', async () => {
  const door = await aFrontDoor(await aSlowRenderer('text/event-stream'))
  const response = await door.open('/admin/stories/17/words/stream', browserHeaders)
  expect(response.headers['content-encoding']).toBe(undefined)
  response.destroy()
})
