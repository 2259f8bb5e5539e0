import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { build } from 'esbuild'
import { expect, onTestFinished, test } from 'vitest'
import { aFolder, decoderProgram } from './decoder.test-support'
import { picture } from './pictures.test-support'

async function aServerProcess() {
  const folder = aFolder()
  const program = path.resolve(`.test/pictures-server-${String(process.pid)}.mjs`)
  const entryPoints = ['server/pictures/pictures-process.test-support.ts']
  await build({ entryPoints, outfile: program, bundle: true, platform: 'node', format: 'esm', packages: 'external' })
  const child = fork(program, [folder, await decoderProgram()], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    execArgv: [],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const [port] = (await once(child.stdout ?? child, 'data')) as [Buffer]
  return { pid: child.pid ?? 0, origin: `http://127.0.0.1:${port.toString().trim()}` }
}

/** Processes that a process has started. */
const childrenOf = (pid: number) =>
  readdirSync(`/proc/${String(pid)}/task`)
    .flatMap((thread) => readFileSync(`/proc/${String(pid)}/task/${thread}/children`, 'utf8').split(' '))
    .filter((one) => one !== '')

const mapsOf = (pid: number | string) => readFileSync(`/proc/${String(pid)}/maps`, 'utf8')

test.runIf(process.platform === 'linux')('a server that takes a picture loads no decoder: its child does', async () => {
  const { pid, origin } = await aServerProcess()
  const bytes = await picture({ width: 500, height: 400 })
  const created = await fetch(`${origin}/admin/pictures/uploads`, {
    method: 'POST',
    headers: { 'upload-length': String(bytes.length) },
  })
  const location = origin + (created.headers.get('location') ?? '')
  const headers = { 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }
  expect((await fetch(location, { method: 'PATCH', headers, body: new Uint8Array(bytes) })).status).toBe(204)
  expect(await (await fetch(`${location}?wait=20`)).json()).toMatchObject({ state: 'ready' })
  const loadsDecoder = (one: number | string) => /libvips|sharp/u.test(mapsOf(one))
  expect(loadsDecoder(pid)).toBe(false)
  // The one for AVIF may be starting.
  expect(childrenOf(pid).some(loadsDecoder)).toBe(true)
})
