import { readdirSync, readFileSync } from 'node:fs'
import http from 'node:http'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { originalStorageKey } from '@/domain/picture/renditions'
import { HOST } from '../../front-door/front-door.test-support'
import { fileOf, picture } from '../pictures.test-support'
import { aPictureServer, filesIn, sha256Of } from '../served-pictures.test-support'
import { sweepPictures } from '../sweep'
import { UploadFiles } from './upload-files'

test('a picture that is sent is stored as it came, with its renditions', async () => {
  const { client, records, dataDir, pictures } = await aPictureServer()
  const bytes = await picture({ width: 700, height: 500 })
  const { state, picture: added } = await client.upload(bytes, { filename: 'harbour.jpg' })
  expect([state, added]).toEqual(['ready', { id: 1, key: records.rows[0]?.key, existing: false }])
  expect(records.rows[0]).toMatchObject({
    ...{ sha256: sha256Of(bytes), bytes: bytes.length, format: 'jpeg', width: 700, height: 500, frames: 1 },
    fileName: 'harbour.jpg',
  })
  expect(readFileSync(path.join(dataDir, 'pictures', originalStorageKey(sha256Of(bytes))))).toEqual(bytes)
  await pictures().avif.idle()
  const widths = [160, 320, 480, 640].flatMap((width) => [`${String(width)}.avif`, `${String(width)}.webp`])
  expect(
    filesIn(path.join(dataDir, 'pictures/renditions'))
      .map(({ name }) => name)
      .sort(),
  ).toEqual(widths.sort())
  // Its parts are gone.
  expect(filesIn(path.join(dataDir, 'uploads'))).toEqual([])
  expect(filesIn(path.join(dataDir, 'pictures/uploads')).map(({ name }) => name)).toEqual(['details.json'])
})

test('an upload is resumed after a broken line, by whoever began it, also after a restart', async () => {
  const { client, door, restart, records } = await aPictureServer()
  const bytes = await picture({ width: 900, height: 700, format: 'png' })
  const { location = '' } = (await client.create(bytes.length)).headers
  // The line breaks in the middle of a part.
  await new Promise<void>((resolve) => {
    const headers = {
      host: HOST,
      ...client.same,
      'upload-offset': '0',
      'content-type': 'application/offset+octet-stream',
    }
    const request = http.request({
      port: door.port,
      path: location,
      method: 'PATCH',
      headers: { ...headers, 'content-length': bytes.length },
    })
    request
      .on('error', () => resolve())
      .write(bytes.subarray(0, 2000), () => setTimeout(() => request.destroy(new Error('cut')), 50))
  })
  const arrived = Number((await client.head(location)).headers['upload-offset'])
  expect(arrived).toBeLessThanOrEqual(2000)
  expect((await client.append(location, arrived + 1, bytes.subarray(arrived + 1))).status).toBe(409)
  expect((await client.append(location, arrived, bytes.subarray(arrived, 5000))).headers['upload-offset']).toBe('5000')
  await restart()
  expect((await client.head(location)).headers).toMatchObject({
    'upload-offset': '5000',
    'upload-length': String(bytes.length),
  })
  expect((await client.head(location, { cookie: 'bo' })).status).toBe(404)
  expect((await client.append(location, 5000, bytes.subarray(5000))).status).toBe(204)
  expect((await client.state(location)).state).toBe('ready')
  expect(records.rows[0]?.sha256).toBe(sha256Of(bytes))
})

test('an upload goes on at any server of the same storage, in parts that may overlap', async () => {
  const one = await aPictureServer()
  const other = await aPictureServer({ storage: one.storage, records: one.records })
  const bytes = await picture({ width: 900, height: 700, format: 'png' })
  const { location = '' } = (await one.client.create(bytes.length)).headers
  await one.client.append(location, 0, bytes.subarray(0, 3000))
  // The other server has seen only what had arrived, and the first one's part comes later.
  await one.storage.put(
    `${location.replace('/admin/pictures', '').slice(1)}/2000-500`,
    fileOf(bytes.subarray(2000, 2500)),
    '',
  )
  expect((await other.client.append(location, 3000, bytes.subarray(3000, 4000))).headers['upload-offset']).toBe('4000')
  expect((await one.client.append(location, 4000, bytes.subarray(4000))).status).toBe(204)
  expect((await other.client.state(location)).state).toBe('ready')
  expect(one.records.rows[0]?.sha256).toBe(sha256Of(bytes))
})

test('a client that comes again takes over from its connection that hangs', async () => {
  const { client, door } = await aPictureServer()
  const bytes = await picture({ format: 'png' })
  const { location = '' } = (await client.create(bytes.length)).headers
  const headers = {
    host: HOST,
    ...client.same,
    'upload-offset': '0',
    'content-type': 'application/offset+octet-stream',
  }
  const hanging = http.request({
    port: door.port,
    path: location,
    method: 'PATCH',
    headers: { ...headers, 'content-length': bytes.length },
  })
  hanging.on('error', () => undefined).write(bytes.subarray(0, 100))
  await pause(100)
  const arrived = Number((await client.head(location)).headers['upload-offset'])
  expect(arrived).toBeLessThanOrEqual(100)
  expect((await client.append(location, arrived, bytes.subarray(arrived))).status).toBe(204)
  expect((await client.state(location)).state).toBe('ready')
})

test('what arrived whole before the server was stopped becomes a picture after it starts', async () => {
  const { client, records, restart } = await aPictureServer()
  records.failure = new Error('The database is away.')
  const bytes = await picture()
  const { location = '' } = (await client.create(bytes.length)).headers
  await client.append(location, 0, bytes)
  while ((await client.state(location, 0)).state !== 'waiting') await pause(20)
  expect((await client.state(location, 0)).sentence).toMatch(/^Pictures cannot be stored at the moment/u)
  records.failure = null
  await restart()
  expect((await client.state(location)).state).toBe('ready')
  expect(records.rows).toHaveLength(1)
})

test('the same bytes again are the picture that is there: before they are sent, after, and at once', async () => {
  const { client, records, dataDir } = await aPictureServer()
  const bytes = await picture()
  const first = await client.upload(bytes)
  expect(await client.upload(bytes)).toMatchObject({ state: 'ready', picture: { ...first.picture, existing: true } })
  const announced = await client.create(bytes.length, { sha256: sha256Of(bytes) })
  expect(announced.headers['upload-offset']).toBe(String(bytes.length))
  expect(JSON.parse(announced.text)).toMatchObject({ state: 'ready', picture: { id: 1, existing: true } })
  const other = await picture({ width: 400 })
  const all = await Promise.all(Array.from({ length: 20 }, () => client.upload(other)))
  expect(new Set(all.map(({ picture }) => picture?.id))).toEqual(new Set([2]))
  expect(all.filter(({ picture }) => picture?.existing === false)).toHaveLength(1)
  expect(records.rows).toHaveLength(2)
  expect(readdirSync(path.join(dataDir, 'pictures/renditions')).length).toBeGreaterThanOrEqual(2)
  for (const key of readdirSync(path.join(dataDir, 'pictures/renditions')))
    if (!records.rows.some((row) => row.key === key))
      expect(filesIn(path.join(dataDir, 'pictures/renditions', key))).toEqual([])
})

test('an upload can be cancelled', async () => {
  const { client, door, dataDir } = await aPictureServer()
  const { location = '' } = (await client.create(10)).headers
  expect((await door.request({ method: 'DELETE', path: location, headers: client.same })).status).toBe(204)
  expect((await client.head(location)).status).toBe(404)
  expect(filesIn(path.join(dataDir, 'pictures'))).toEqual([])
})

test('after a day what belongs to nothing is removed, and nothing else', async () => {
  const { client, records, storage, dataDir, pictures } = await aPictureServer()
  await client.upload(await picture())
  await pictures().avif.idle()
  await client.create(10)
  const left = await picture({ width: 50 })
  const files = new UploadFiles(storage, path.join(dataDir, 'uploads'))
  const [row] = records.rows
  // A server was killed between storing a picture and adding its row.
  const stray = path.join(dataDir, 'stray')
  await import('node:fs/promises').then(({ writeFile }) => writeFile(stray, left))
  await storage.put(originalStorageKey(sha256Of(left)), stray, 'image/jpeg')
  await storage.put('renditions/stray-key/look/160.webp', stray, 'image/webp')
  const uploads = path.join(dataDir, 'pictures/uploads')
  expect(filesIn(uploads)).toHaveLength(2)
  const before = filesIn(path.join(dataDir, 'pictures')).length
  expect(await sweepPictures({ files, storage, records })).toBe(0)
  expect(filesIn(path.join(dataDir, 'pictures'))).toHaveLength(before)
  const tomorrow = () => Date.now() + 25 * 60 * 60 * 1000
  expect(await sweepPictures({ files, storage, records, now: tomorrow })).toBe(2)
  expect(filesIn(path.join(dataDir, 'pictures'))).toHaveLength(before - 4)
  expect(filesIn(uploads)).toEqual([])
  const original = await storage.get(originalStorageKey(row?.sha256 ?? ''))
  expect(original?.size).toBe(row?.bytes)
  original?.stream.destroy()
})
