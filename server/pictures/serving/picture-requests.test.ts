import { readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import sharp from 'sharp'
import { missingHeaders } from '../../front-door/front-door.test-support'
import { picture } from '../pictures.test-support'
import { addressOf, aPictureServer } from '../served-pictures.test-support'

/** A server with one picture, which is not live. */
async function withPicture(size = { width: 700, height: 500 }) {
  const server = await aPictureServer()
  await server.client.upload(await picture(size))
  const [row] = server.records.rows
  if (!row) throw new Error('The picture was not added.')
  const goLive = (isLive: boolean) => {
    row.isLive = isLive
    server.door.sendNotice(['story:1'])
  }
  return { ...server, row, goLive, get: server.door.get }
}

test('a picture that nothing live uses is not there, in any width, also for those who know its address', async () => {
  const { get, row, goLive } = await withPicture()
  const widths = [160, 320, 480, 640]
  const statuses = (cookie?: string) =>
    Promise.all(widths.map(async (width) => (await get(addressOf(row, width), cookie ? { cookie } : {})).status))
  expect(await statuses()).toEqual([404, 404, 404, 404])
  expect(await statuses('nobody')).toEqual([404, 404, 404, 404])
  goLive(true)
  expect(await statuses()).toEqual([200, 200, 200, 200])
  goLive(false)
  expect(await statuses()).toEqual([404, 404, 404, 404])
})

test('the newsroom sees it, and no cache keeps it', async () => {
  const { get, row } = await withPicture()
  const response = await get(addressOf(row, 320), { cookie: 'ada' })
  expect([response.status, response.headers['cache-control']]).toEqual([200, 'private, no-store'])
  expect(response.headers['surrogate-key']).toBeUndefined()
})

test('whoever opens a preview link sees the pictures that it shows, and no others', async () => {
  const { get, row } = await withPicture()
  const response = await get(`/preview/open-token${addressOf(row, 320)}`)
  expect([response.status, response.headers['cache-control']]).toEqual([200, 'private, no-store'])
  expect((await get(`/preview/other-token${addressOf(row, 320)}`)).status).toBe(404)
  expect((await get(`/preview/open-token${addressOf(row, 321)}`)).status).toBe(404)
  expect((await get(`/preview/open-token${addressOf({ ...row, key: 'AAAAAAAAAAAAAAAA' }, 320)}`)).status).toBe(404)
})

test('what readers get: the bytes, their type, and headers that let it be taken back', async () => {
  const { get, row, goLive, door, pictures } = await withPicture()
  goLive(true)
  await pictures().avif.idle()
  for (const [format, type] of Object.entries({ webp: 'image/webp', avif: 'image/avif', jpg: 'image/jpeg' })) {
    const address = addressOf(row, 480, format as 'webp')
    const { status, headers, body } = await get(address)
    expect([status, headers['content-type'], headers['content-length']]).toEqual([200, type, String(body.length)])
    expect(headers['cache-control']).toBe('public, max-age=300, s-maxage=5, must-revalidate')
    expect(headers['content-security-policy']).toContain('sandbox')
    expect(headers['surrogate-key']).toBe('picture:1 story:1')
    expect(missingHeaders(headers)).toEqual([])
    const { width, height } = await sharp(body).metadata()
    expect([width, height]).toEqual([480, 343])
    const again = await get(address, { 'if-none-match': String(headers.etag) })
    expect([again.status, again.body.length]).toEqual([304, 0])
    const head = await door.request({ method: 'HEAD', path: address })
    expect([head.status, head.headers['content-length'], head.body.length]).toEqual([200, String(body.length), 0])
  }
})

test('other addresses are not there: keys, looks, widths and formats that were not published', async () => {
  const { get, row, goLive, door } = await withPicture()
  goLive(true)
  const address = addressOf(row, 320)
  const look = address.split('/')[3] ?? ''
  const wrong = [
    address.replace(row.key, 'AAAAAAAAAAAAAAAA'),
    address.replace(
      look,
      look.replace(/.$/u, (last) => (last === 'a' ? 'b' : 'a')),
    ),
    address.replace('/320.', '/321.'),
    address.replace('/320.', '/960.'),
    address.replace('.webp', '.svg'),
    address.replace('.webp', '.png'),
    '/pictures/a/b/c',
  ]
  for (const one of wrong) expect((await get(one)).status, one).toBe(404)
  expect((await door.request({ method: 'POST', path: address })).status).toBe(405)
})

test('it is gone on every server with the notice, and at the second its time ends, without one', async () => {
  const { get, row, goLive, records } = await withPicture()
  const end = new Date(Date.now() + 1500)
  row.staleAt = end
  goLive(true)
  const address = addressOf(row, 320)
  const before = await get(address)
  expect(before.headers['cache-control']).toMatch(/^public, max-age=[01], s-maxage=[01], must-revalidate$/u)
  const asked = records.asked
  for (let n = 0; n < 5; n += 1) expect((await get(address)).status).toBe(200)
  expect(records.asked).toBe(asked)
  await pause(end.getTime() - Date.now())
  expect((await get(address)).status).toBe(404)
})

test('a verdict that was asked for before the withdrawal does not outlive it', async () => {
  const { get, row, goLive, records, door } = await withPicture()
  const { forServing } = records
  goLive(true)
  let release = () => undefined as void
  const held = new Promise<void>((resolve) => (release = resolve))
  records.forServing = async (key) => {
    const answer = await forServing(key)
    await held
    return answer
  }
  const early = get(addressOf(row, 320))
  while (records.asked === 0) await pause(5)
  row.isLive = false
  door.sendNotice(['story:1'])
  records.forServing = forServing
  release()
  await early
  expect((await get(addressOf(row, 320))).status).toBe(404)
})

test('without the database readers keep what is live, but not what was withdrawn or has ended', async () => {
  const { get, row, goLive, records, door } = await withPicture()
  goLive(true)
  const address = addressOf(row, 320)
  expect((await get(address)).status).toBe(200)
  records.failure = new Error('The database is away.')
  door.handlers.onDisconnected('test')
  expect((await get(address)).status).toBe(200)
  expect((await get(addressOf(row, 320).replace(row.key, 'BBBBBBBBBBBBBBBB'))).status).toBe(503)
  door.handlers.onConnected({ history: 2, withdrawn: [{ storyId: 1, headline: 'Harbour', from: null }] })
  expect((await get(address)).status).toBe(503)
})

test('a rendition that is missing is made when it is asked for: once, for all who ask', async () => {
  const { get, row, goLive, dataDir, pictures } = await withPicture({ width: 1000, height: 800 })
  await pictures().avif.idle()
  goLive(true)
  rmSync(path.join(dataDir, 'pictures/renditions'), { recursive: true })
  const address = addressOf(row, 320, 'webp', '16:9', { focusX: 0, focusY: 0 })
  const all = await Promise.all(Array.from({ length: 10 }, () => get(address)))
  expect(new Set(all.map(({ status }) => status))).toEqual(new Set([200]))
  expect(await sharp(all[0]?.body).metadata()).toMatchObject({ width: 320, height: 180 })
  const [look = ''] = readdirSync(path.join(dataDir, 'pictures/renditions', row.key))
  expect(readdirSync(path.join(dataDir, 'pictures/renditions', row.key, look)).sort()).toEqual(
    ['160.webp', '320.webp', '480.webp', '640.webp', '960.webp'].sort(),
  )
  expect(readdirSync(path.join(dataDir, 'uploads')).filter((name) => name.startsWith('making-'))).toEqual([])
})

test('until the AVIF is made, its address sends the WebP, for a shorter time', async () => {
  const { get, row, goLive, dataDir, pictures } = await withPicture()
  await pictures().avif.idle()
  goLive(true)
  rmSync(path.join(dataDir, 'pictures/renditions'), { recursive: true })
  const address = addressOf(row, 480, 'avif')
  const early = await get(address)
  expect([early.status, early.headers['content-type']]).toEqual([200, 'image/webp'])
  expect(early.headers['cache-control']).toBe('public, max-age=60, s-maxage=5, must-revalidate')
  await pictures().avif.idle()
  const late = await get(address, { 'if-none-match': String(early.headers.etag) })
  expect([late.status, late.headers['content-type']]).toEqual([200, 'image/avif'])
})

test('a moved focal point has a new address, and the old one keeps its bytes', async () => {
  const { get, row, goLive } = await withPicture({ width: 900, height: 600 })
  goLive(true)
  const left = addressOf(row, 320, 'webp', '1:1', { focusX: 0, focusY: 0.5 })
  const right = addressOf(row, 320, 'webp', '1:1', { focusX: 1, focusY: 0.5 })
  const first = await get(left)
  expect((await get(right)).body.equals(first.body)).toBe(false)
  expect((await get(left)).body.equals(first.body)).toBe(true)
})

test('without the storage readers keep what is in memory', async () => {
  const server = await withPicture()
  const { get, row, goLive, storage } = server
  goLive(true)
  const address = addressOf(row, 320)
  expect((await get(address)).status).toBe(200)
  storage.get = () => Promise.reject(new Error('The storage is away.'))
  expect((await get(address)).status).toBe(200)
  expect((await get(addressOf(row, 640))).status).toBe(503)
  expect(server.pictures().bytes).toBeGreaterThan(0)
})

test('the file as it came is for the newsroom, to be kept and never shown', async () => {
  const server = await aPictureServer()
  const bytes = await picture()
  await server.client.upload(bytes, { filename: 'bo\'s "boat" ü.jpg' })
  const address = `/admin/pictures/originals/${server.records.rows[0]?.key ?? ''}`
  const { status, headers, body } = await server.door.get(address, { cookie: 'ada' })
  expect([status, body.equals(bytes), headers['content-type']]).toEqual([200, true, 'application/octet-stream'])
  expect(headers['content-disposition']).toBe("attachment; filename*=UTF-8''bo%27s%20%22boat%22%20%C3%BC.jpg")
  expect([headers['cache-control'], headers['x-content-type-options']]).toEqual(['no-store', 'nosniff'])
  expect((await server.door.get(address)).status).toBe(404)
  expect((await server.door.get(`${address}x`, { cookie: 'ada' })).status).toBe(404)
  const posted = { method: 'POST', path: address, headers: { cookie: 'ada', 'sec-fetch-site': 'same-origin' } }
  expect((await server.door.request(posted)).status).toBe(404)
})
