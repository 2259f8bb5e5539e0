import { X509Certificate } from 'node:crypto'
import type { ContentCredentials } from '@/domain/picture/content-credentials'
import type { OriginalFormat } from '@/domain/picture/ingested'
import { jpegSegments, pngChunks, webpChunks } from '../header'
import { boxesOf, type IsoBox } from '../iso-boxes'
import { cleanLine, cleanList } from '../text'
import { decodeCbor, type Cbor } from './cbor'
import { withoutAbsent } from './iptc'

/** Of all manifests of a file. Bytes. */
const MAX_SIZE = 16 * 1024 * 1024

/** Recognises a C2PA manifest store and says what its active manifest claims. Nothing is verified. */
export function readCredentials(bytes: Buffer, format: OriginalFormat): ContentCredentials | null {
  try {
    const store = storeIn(bytes, format)
    return store === null ? null : credentialsIn(store)
  } catch {
    return null
  }
}

/** The JUMBF of the manifest store, wherever the format has it. */
function storeIn(bytes: Buffer, format: OriginalFormat): Buffer | null {
  if (format === 'jpeg') return storeOfJpeg(bytes)
  if (format === 'png') return contentOf(bytes, pngChunks(bytes), 'caBX')
  if (format === 'webp') return contentOf(bytes, webpChunks(bytes), 'C2PA')
  if (format === 'avif') {
    for (const { type, start, end } of boxesOf(bytes, { start: 0, end: bytes.length })) {
      if (type !== 'uuid' || bytes.toString('hex', start, start + 16) !== C2PA_UUID) continue
      // After the version and flags: the purpose, closed by NUL, and the offset of another box.
      const purpose = bytes.indexOf(0, start + 20)
      if (bytes.toString('latin1', start + 20, purpose) === 'manifest') return bytes.subarray(purpose + 9, end)
    }
  }
  return null
}

const C2PA_UUID = 'd8fec3d61b0e483c92975828877ec481'

function contentOf(bytes: Buffer, chunks: readonly IsoBox[], type: string): Buffer | null {
  const chunk = chunks.find((one) => one.type === type)
  return chunk ? bytes.subarray(chunk.start, chunk.end) : null
}

/** Segments of type 11 with the same number of box, in their order; all but the first repeat the header of the box. */
function storeOfJpeg(bytes: Buffer): Buffer | null {
  const boxes = new Map<number, Buffer[]>()
  let size = 0
  for (const { marker, start, end } of jpegSegments(bytes)) {
    if (marker !== 0xeb || bytes.toString('latin1', start, start + 2) !== 'JP') continue
    const number = bytes.readUInt16BE(start + 2)
    const parts = boxes.get(number) ?? []
    const content = bytes.subarray(start + 8 + (parts.length === 0 ? 0 : 8), end)
    if ((size += content.length) > MAX_SIZE) return null
    boxes.set(number, [...parts, content])
  }
  for (const parts of boxes.values()) {
    const whole = Buffer.concat(parts)
    if (whole.includes('c2pa')) return whole
  }
  return null
}

type SuperBox = { label: string; contents: IsoBox[] }

/** A superbox of JUMBF: its description comes first, then what it holds. */
function superBox(bytes: Buffer, box: IsoBox): SuperBox {
  const [description, ...contents] = [...boxesOf(bytes, box)]
  if (description?.type !== 'jumd') return { label: '', contents }
  const labelStart = description.start + 17
  const labelEnd = bytes.indexOf(0, labelStart)
  return { label: bytes.toString('utf8', labelStart, Math.min(labelEnd, description.end)), contents }
}

function credentialsIn(bytes: Buffer): ContentCredentials | null {
  const stores = [...boxesOf(bytes, { start: 0, end: bytes.length })].map((box) => superBox(bytes, box))
  const manifests = (stores.find(({ label }) => label === 'c2pa')?.contents ?? [])
    .filter(({ type }) => type === 'jumb')
    .map((box) => superBox(bytes, box))
  // The last manifest is the active one.
  const active = manifests.at(-1)
  if (active === undefined) return null
  const found: Found = { authors: [], actions: [], digitalSourceTypes: [] }
  let isDamaged = false
  const parts = active.contents.map((box) => superBox(bytes, box))
  for (const { label, contents } of parts) {
    const kind = /^c2pa\.(?<kind>claim|assertions|signature)/u.exec(label)?.groups?.kind
    try {
      if (kind === 'claim') Object.assign(found, claimIn(bytes, contents))
      else if (kind === 'signature') Object.assign(found, signatureIn(bytes, contents))
      else if (kind === 'assertions') for (const box of contents) readAssertion(bytes, superBox(bytes, box), found)
    } catch {
      isDamaged = true
    }
  }
  return withoutAbsent({
    verified: false as const,
    manifest: cleanLine(active.label) ?? '',
    generator: found.generator,
    authors: cleanList(found.authors) ?? [],
    actions: cleanList(found.actions) ?? [],
    digitalSourceTypes: cleanList(found.digitalSourceTypes) ?? [],
    signer: found.signer,
    manifests: manifests.length,
    damaged: isDamaged ? (true as const) : undefined,
  })
}

type Found = {
  generator?: string
  signer?: string
  authors: string[]
  actions: string[]
  digitalSourceTypes: string[]
}

function claimIn(bytes: Buffer, contents: IsoBox[]): Partial<Found> {
  const claim = valueIn(bytes, contents)
  const info = property(claim, 'claim_generator_info')
  const first = Array.isArray(info) ? info[0] : info
  const generator = textOf(property(claim, 'claim_generator')) || textOf(property(first, 'name'))
  return { generator: cleanLine(generator) }
}

/** Whose the signing certificate is, by its own words. */
function signatureIn(bytes: Buffer, contents: IsoBox[]): Partial<Found> {
  const signature = valueIn(bytes, contents)
  const [protectedHeader, unprotected] = Array.isArray(signature) ? signature : []
  // 33 is `x5chain` (RFC 9360).
  const headers = [Buffer.isBuffer(protectedHeader) ? decodeCbor(protectedHeader) : null, unprotected ?? null]
  const chain = headers.map((header) => property(header, '33') ?? property(header, 'x5chain')).find(Boolean)
  const certificate = Array.isArray(chain) ? chain[0] : chain
  if (!Buffer.isBuffer(certificate)) return {}
  const subject = new X509Certificate(certificate).subject.split('\n')
  const named = ['O=', 'CN='].map((name) => subject.find((part) => part.startsWith(name))).find(Boolean)
  return { signer: cleanLine(named?.replace(/^[A-Z]+=/u, '') ?? '') }
}

function readAssertion(bytes: Buffer, { label, contents }: SuperBox, found: Found) {
  if (/^c2pa\.actions(?:\.v2)?(?:__\d+)?$/u.test(label)) {
    for (const action of listOf(property(valueIn(bytes, contents), 'actions'))) {
      found.actions.push(textOf(property(action, 'action')))
      found.digitalSourceTypes.push(textOf(property(action, 'digitalSourceType')))
    }
  } else if (label.startsWith('stds.schema-org.CreativeWork')) {
    for (const author of listOf(property(valueIn(bytes, contents), 'author')))
      found.authors.push(textOf(property(author, 'name')))
  }
}

/** The CBOR or JSON of a box. */
function valueIn(bytes: Buffer, contents: IsoBox[]): Cbor {
  for (const { type, start, end } of contents) {
    if (type === 'cbor') return decodeCbor(bytes.subarray(start, end))
    if (type === 'json') return JSON.parse(bytes.toString('utf8', start, end)) as Cbor
  }
  return null
}

const property = (value: Cbor | undefined, name: string): Cbor | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !Buffer.isBuffer(value)
    ? value[name]
    : undefined
const textOf = (value: Cbor | undefined) => (typeof value === 'string' ? value : '')
const listOf = (value: Cbor | undefined) => (Array.isArray(value) ? value.slice(0, 200) : [])
