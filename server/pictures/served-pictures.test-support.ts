import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import { CENTRE, renditionPath, type Format, type Ratio } from '@/domain/picture/renditions'
import { lookOf } from '@/domain/picture/look'
import type { IngestedPicture } from '@/domain/picture/ingested'
import { aFrontDoor } from '../front-door/front-door.test-support'
import { securityHeaders } from '../http/headers'
import type { SignedIn } from './contract'
import { aFolder, decoderProgram } from './decoder.test-support'
import { diskStorage } from './disk-storage'
import { Pictures, type PicturesOptions } from './pictures'
import { someRecords } from './records.test-support'
import { labelsOf, textsAsTheyCame } from '@/domain/picture/picture'

export const ada: SignedIn = { id: 7, name: 'Ada Ey', role: 'reporter' }
export const bo: SignedIn = { id: 8, name: 'Bo Bee', role: 'editor' }

/** A front door with pictures. Requests say who sends them by `cookie: ada` or `cookie: bo`. */
export async function aPictureServer(over: Partial<PicturesOptions> = {}) {
  const renderer = { origin: null }
  const door = await aFrontDoor(renderer)
  const dataDir = aFolder()
  const records = someRecords()
  const storage = diskStorage(path.join(dataDir, 'pictures'))
  const logged: string[] = []
  const options: PicturesOptions = {
    dataDir,
    storage,
    records,
    actorOf: async ({ headers }) => (headers.cookie === 'ada' ? ada : headers.cookie === 'bo' ? bo : null),
    isConnected: () => door.pageCache.isConnected,
    common: securityHeaders(new URL('http://news.example')),
    maxBytes: door.pictureBytes,
    log: (line) => void logged.push(line),
    program: await decoderProgram(),
    ...over,
  }
  let pictures = new Pictures(options)
  const start = async () => {
    door.usePictures(pictures)
    await pictures.start()
  }
  await start()
  onTestFinished(() => pictures.stop())
  const restart = async () => {
    await pictures.stop()
    pictures = new Pictures(options)
    await start()
  }
  return { ...options, door, records, logged, restart, pictures: () => pictures, client: uploadClient(door) }
}

type Door = Awaited<ReturnType<typeof aFrontDoor>>
export type UploadState = {
  state: string
  offset: number
  sentence?: string
  warnings?: string[]
  picture?: { id: number; key: string; existing: boolean }
}

/** The requests of an uploading browser. */
function uploadClient({ request }: Pick<Door, 'request'>) {
  const same = { cookie: 'ada', 'sec-fetch-site': 'same-origin', 'tus-resumable': '1.0.0' }
  const base64 = (text: string) => Buffer.from(text).toString('base64')
  const create = (length: number, metadata: Record<string, string> = {}, headers: Record<string, string> = {}) => {
    const pairs = Object.entries(metadata).map(([name, value]) => `${name} ${base64(value)}`)
    const sent = { ...same, 'upload-length': String(length), 'upload-metadata': pairs.join(','), ...headers }
    return request({ method: 'POST', path: '/admin/pictures/uploads', headers: sent })
  }
  const append = (location: string, offset: number, body: Buffer, headers: Record<string, string> = {}) => {
    const sent = {
      ...same,
      'upload-offset': String(offset),
      'content-type': 'application/offset+octet-stream',
      ...headers,
    }
    return request({ method: 'PATCH', path: location, headers: sent, body })
  }
  const head = (location: string, headers: Record<string, string> = {}) =>
    request({ method: 'HEAD', path: location, headers: { ...same, ...headers } })
  const state = async (location: string, wait = 20): Promise<UploadState> =>
    JSON.parse((await request({ path: `${location}?wait=${String(wait)}`, headers: same })).text) as UploadState
  /** The whole of it; what became of it. */
  const upload = async (bytes: Buffer, metadata: Record<string, string> = {}): Promise<UploadState> => {
    const created = await create(bytes.length, metadata)
    const { location = '' } = created.headers
    if (created.status !== 201) return JSON.parse(created.text) as UploadState
    if (created.headers['upload-offset'] === '0') await append(location, 0, bytes)
    let settled = await state(location)
    while (settled.state === 'reading') settled = await state(location)
    return settled
  }
  return { create, append, head, state, upload, same }
}

export const sha256Of = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

/** The address of a rendition. */
export function addressOf(
  picture: IngestedPicture,
  width: number,
  format: Format = 'webp',
  ratio: Ratio = 'whole',
  point = CENTRE,
) {
  const look = lookOf({
    sha256: picture.sha256,
    ratio,
    ...point,
    labels: labelsOf(textsAsTheyCame(picture.asItCame.told)),
  })
  return renditionPath({ key: picture.key, look, width, format })
}

/** The files below a folder. */
export const filesIn = (folder: string) => {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())
  } catch {
    return []
  }
}
