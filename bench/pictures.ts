import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { build } from 'esbuild'
import sharp from 'sharp'
import { WIDTHS } from '@/domain/picture/renditions'
import { onCleanup, temporaryFolder } from './support/cleanup'
import { median, megabytes, quantile, ratio, seconds } from './support/figures'
import { progress, type Findings } from './support/report'

const ROUNDS = 7
const PARALLEL = 30

/** Milliseconds. */
const SAMPLING_INTERVAL = 50

/**
 * From the first byte of a picture of 12 megapixels to its WebP renditions, through the addresses of uploads, relative to sharp alone making the same
 * renditions; and what thirty of them at once take of the server process.
 */
export async function benchPictures(): Promise<Findings> {
  progress('Pictures: making one of 12 megapixels')
  const photo = await photograph()
  const { origin, child } = await startPictures()
  const uploads: number[] = []
  const bare: number[] = []
  // The decoder starts with the first one.
  await upload(origin, photo, 'first')
  for (let round = 0; round < ROUNDS; round += 1) {
    progress(`Pictures: round ${String(round + 1)} of ${String(ROUNDS)}`)
    bare.push(await timed(() => renditionsAlone(photo)))
    uploads.push(await timed(() => upload(origin, photo, `round ${String(round)}`)))
  }
  progress(`Pictures: ${String(PARALLEL)} at once`)
  const before = memoryOf(child)
  let peak = before
  const sampling = setInterval(() => (peak = Math.max(peak, memoryOf(child))), SAMPLING_INTERVAL)
  const together: number[] = []
  const took = await timed(() =>
    Promise.all(
      Array.from({ length: PARALLEL }, async (_, at) =>
        together.push(await timed(() => upload(origin, photo, `parallel ${String(at)}`))),
      ),
    ),
  )
  clearInterval(sampling)
  const ratios = uploads.map((time, at) => time / (bare[at] ?? Number.NaN))
  return {
    tables: [
      {
        title: `A picture of 12 megapixels, ${megabytes(photo.length)}`,
        head: ['from the first byte to', 'median', 'longest', 'relative to sharp alone'],
        rows: [
          ['eight WebP renditions', seconds(median(uploads)), seconds(Math.max(...uploads)), ratio(median(ratios))],
        ],
        notes: [`sharp alone: ${seconds(median(bare))}.`],
      },
      {
        title: `${String(PARALLEL)} of them at once`,
        head: ['all', 'median', 'p95', 'server process before', 'most', 'more'],
        rows: [
          [
            seconds(took),
            seconds(median(together)),
            seconds(quantile(together, 0.95)),
            megabytes(before),
            megabytes(peak),
            megabytes(peak - before),
          ],
        ],
        notes: [],
      },
    ],
    figures: { uploads, bare, together, before, peak },
  }
}

/** Detail as in a photograph: noise that is not quite fine. */
async function photograph(): Promise<Buffer> {
  const noise = { type: 'gaussian' as const, mean: 128, sigma: 60 }
  return sharp({ create: { width: 4000, height: 3000, channels: 3, background: '#808080', noise } })
    .blur(2)
    .jpeg({ quality: 92 })
    .toBuffer()
}

async function renditionsAlone(photo: Buffer) {
  const base = await sharp(photo).resize(1900).raw().toBuffer({ resolveWithObject: true })
  const { width, height, channels } = base.info
  await Promise.all(
    WIDTHS.map((one) =>
      sharp(base.data, { raw: { width, height, channels } }).resize(one).webp({ quality: 80, effort: 3 }).toBuffer(),
    ),
  )
}

async function startPictures(): Promise<{ origin: string; child: ChildProcess }> {
  const folder = await temporaryFolder()
  const [server, decoder] = ['.test/bench-pictures.mjs', '.test/bench-decoder.mjs'].map((file) => path.resolve(file))
  const options = { bundle: true, platform: 'node', format: 'esm', packages: 'external' } as const
  await build({ ...options, entryPoints: ['server/pictures/pictures-process.test-support.ts'], outfile: server })
  await build({ ...options, entryPoints: ['server/pictures/decoder/main.ts'], outfile: decoder })
  const child = fork(server ?? '', [folder, decoder ?? ''], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    execArgv: [],
  })
  onCleanup(async () => void child.kill('SIGKILL'))
  const [port] = (await once(child.stdout ?? child, 'data')) as [Buffer]
  return { origin: `http://127.0.0.1:${port.toString().trim()}`, child }
}

/** @param name makes other bytes of it, which are behind the picture */
async function upload(origin: string, photo: Buffer, name: string) {
  const bytes = new Uint8Array(Buffer.concat([photo, Buffer.from(name)]))
  const headers = { 'upload-length': String(bytes.length) }
  const created = await fetch(`${origin}/admin/pictures/uploads`, { method: 'POST', headers })
  const location = origin + (created.headers.get('location') ?? '')
  const part = { 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }
  await fetch(location, { method: 'PATCH', headers: part, body: bytes })
  for (;;) {
    const { state } = (await (await fetch(`${location}?wait=20`)).json()) as { state: string }
    if (state === 'ready') return
    if (state !== 'reading') throw new Error(`The picture is ${state}.`)
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

/** Resident bytes; only on Linux. */
const memoryOf = ({ pid }: ChildProcess) =>
  Number(readFileSync(`/proc/${String(pid)}/statm`, 'utf8').split(' ')[1]) * 4096
