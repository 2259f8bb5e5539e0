import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { LIMITS } from '../limits'
import { picture } from '../pictures.test-support'
import { aPictureServer, filesIn } from '../served-pictures.test-support'
import { UploadFiles } from './upload-files'

test('refused in a sentence: too long, empty, damaged on the way, no picture, nobody', async () => {
  const { client, records, door } = await aPictureServer()
  const sentence = (text: string) => (JSON.parse(text) as { sentence: string }).sentence
  const long = await client.create(LIMITS.bytes + 1)
  expect([long.status, sentence(long.text)]).toEqual([413, 'The file has 52 MB; a picture can have 52 MB.'])
  const empty = await client.create(0)
  expect([empty.status, sentence(empty.text)]).toEqual([422, 'The file is empty.'])
  expect((await client.create(Number.NaN)).status).toBe(400)
  const bytes = await picture()
  expect(await client.upload(bytes, { sha256: 'a'.repeat(64) })).toMatchObject({
    ...{ state: 'refused', sentence: 'The file did not arrive as it was sent. Send it again.' },
  })
  expect((await client.upload(Buffer.from('<html>'))).sentence).toMatch(/^This is a web page/u)
  const nobody = await client.create(10, {}, { cookie: 'nobody' })
  expect([nobody.status, sentence(nobody.text)]).toEqual([401, expect.stringContaining('not signed in')])
  const foreign = await client.create(10, {}, { 'sec-fetch-site': 'cross-site' })
  expect(foreign.status).toBe(403)
  expect((await client.create(10, {}, { 'tus-resumable': '0.2.2' })).status).toBe(412)
  expect((await client.head('/admin/pictures/uploads/aaaaaaaaaaaaaaaaaaaaaa')).status).toBe(404)
  for (const id of ['..%2f..%2fserver.lock', '%2e%2e', 'a'])
    expect((await client.head(`/admin/pictures/uploads/${id}`)).status).toBeGreaterThanOrEqual(301)
  expect((await door.request({ method: 'PUT', path: '/admin/pictures/uploads', headers: client.same })).status).toBe(
    405,
  )
  expect(records.rows).toEqual([])
})

test('more than was said is not taken', async () => {
  const { client, door } = await aPictureServer()
  const { location = '' } = (await client.create(10)).headers
  expect((await client.append(location, 0, Buffer.alloc(11))).status).toBe(413)
  const chunked = await door
    .request({
      ...{ method: 'PATCH', path: location, body: Buffer.alloc(100_000) },
      headers: {
        ...client.same,
        'upload-offset': '0',
        'content-type': 'application/offset+octet-stream',
        'transfer-encoding': 'chunked',
      },
    })
    .catch(() => ({ status: 413 }))
  expect(chunked.status).toBe(413)
  expect(Number((await client.head(location)).headers['upload-offset'])).toBeLessThanOrEqual(10)
})

test('a name is kept for the desk only, without paths, line breaks or more than 200 characters', async () => {
  const { client, records } = await aPictureServer()
  const names = [
    '../../etc/passwd',
    'C:\\photos\\boat.jpg',
    'a\r\nSet-Cookie: b',
    'x'.repeat(300),
    '..',
    '\u202Egpj.exe',
  ]
  for (const [at, filename] of names.entries()) await client.upload(await picture({ width: 100 + at }), { filename })
  expect(records.rows.map(({ fileName }) => fileName)).toEqual([
    ...['passwd', 'boat.jpg', 'aSet-Cookie: b', 'x'.repeat(200), null, 'gpj.exe'],
  ])
})

test('a disk that is full: a sentence, what has arrived stays, and nothing is left over', async () => {
  const { client, records, dataDir, pictures } = await aPictureServer()
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
  const { append } = UploadFiles.prototype
  const bytes = await picture()
  const { location = '' } = (await client.create(bytes.length)).headers
  UploadFiles.prototype.append = () => Promise.reject(full)
  const refused = await client.append(location, 0, bytes)
  UploadFiles.prototype.append = append
  expect([refused.status, refused.text]).toEqual([507, expect.stringContaining('The disk of the server is full.')])
  expect((await client.append(location, 0, bytes)).status).toBe(204)
  expect((await client.state(location)).state).toBe('ready')
  expect(records.rows).toHaveLength(1)
  await pictures().avif.idle()
  expect(filesIn(path.join(dataDir, 'uploads'))).toEqual([])
})

test('a storage that is full or away: the picture waits, others too, and all are taken afterwards', async () => {
  const failures = ['ENOSPC: no space left on device', 'connect ECONNREFUSED']
  for (const message of failures) {
    let isFailing = true
    const server = await aPictureServer()
    const { put } = server.storage
    server.storage.put = (...put_) =>
      isFailing && put_[0].startsWith('originals/') ? Promise.reject(new Error(message)) : put(...put_)
    const { client, records } = server
    const locations: string[] = []
    for (const width of [200, 201, 202]) {
      const bytes = await picture({ width })
      const { location = '' } = (await client.create(bytes.length)).headers
      await client.append(location, 0, bytes)
      locations.push(location)
    }
    while ((await client.state(locations[2] ?? '', 0)).state !== 'waiting') await pause(20)
    isFailing = false
    for (const location of locations) expect((await client.state(location)).state).toBe('ready')
    expect(records.rows).toHaveLength(3)
  }
})

test('while nothing can be stored, whoever begins is told so', async () => {
  const { client, storage, dataDir } = await aPictureServer()
  for (const [message, status] of [
    ['ENOSPC: no space left on device', 507],
    ['connect ECONNREFUSED', 503],
  ] as const) {
    storage.put = () => Promise.reject(new Error(message))
    const refused = await client.create(100)
    expect([refused.status, JSON.parse(refused.text)]).toEqual([status, { sentence: expect.any(String) as string }])
  }
  expect(filesIn(dataDir)).toEqual([])
})
