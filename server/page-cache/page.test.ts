import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { bytesOf, compressPage, makePage, recompress, sizeOf } from './page'
import { aPage, rendered } from './page.test-support'

const text = 'The ferry sang. '.repeat(2000)

test('a compressible page has no uncompressed copy, and has the same body in every encoding', async () => {
  const page = await aPage({ body: text })
  expect(Object.keys(page.bytes).sort()).toEqual(['br', 'gzip'])
  expect(bytesOf(page, 'identity').toString()).toBe(text)
  expect(sizeOf(page)).toBeLessThan(text.length / 2)
  const image = await aPage({ contentType: 'image/png', body: text })
  expect(Object.keys(image.bytes)).toEqual(['identity'])
  expect(bytesOf(image, 'br').toString()).toBe(text)
})

test('the first reader gets fast compression; what follows is smaller, with the same body', async () => {
  const body = Buffer.from(
    Array.from({ length: 400 }, (_, n) => `<p>The ${n % 7} ferries of Mumbleby sang</p>`).join(''),
  )
  const page = await makePage({ ...rendered, body })
  expect(Object.keys(page.bytes)).toEqual(['br'])
  expect(gunzipSync(bytesOf(page, 'gzip')).toString()).toBe(body.toString())
  const first = page.bytes.br?.length ?? 0
  page.headers.br = ['Content-Length', String(first)]
  await compressPage(page)
  expect(page.bytes.br?.length).toBeLessThan(first)
  expect(page.headers.br).toBeUndefined()
  expect(brotliDecompressSync(bytesOf(page, 'br')).toString()).toBe(body.toString())
})

test('equal bodies have equal etags, other bodies have others', async () => {
  const [one, same, other] = [await aPage(), await aPage({ key: '/x' }), await aPage({ body: 'Else' })]
  expect(one.etag).toBe(same.etag)
  expect(one.etag).not.toBe(other.etag)
})

test('a recompressed page is smaller, with the same body and etag', async () => {
  const page = await aPage({ body: Array.from({ length: 4000 }, (_, n) => `Word ${n * 7919}`).join(' ') })
  const [before, etag, uncompressed] = [page.bytes.br?.length ?? 0, page.etag, bytesOf(page, 'identity').toString()]
  page.headers.br = ['Content-Length', String(before)]
  await recompress(page)
  expect(page.bytes.br?.length).toBeLessThan(before)
  expect([page.etag, page.recompressed, page.headers.br]).toEqual([etag, true, undefined])
  expect(bytesOf(page, 'identity').toString()).toBe(uncompressed)
})
