import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { build } from 'esbuild'
import { onTestFinished } from 'vitest'
import { Decoder, type DecoderOptions } from './decoding/decoder'

const PROGRAM = '.test/decoder.mjs'
let built: Promise<string> | undefined

/** The decoder's program, bundled as for the server. */
export function decoderProgram(): Promise<string> {
  return (built ??= bundle())
}

async function bundle(): Promise<string> {
  // Another worker may be starting the one that is there.
  const outfile = `.test/decoder-${String(process.pid)}.mjs`
  mkdirSync('.test', { recursive: true })
  const entryPoints = ['server/pictures/decoder/main.ts']
  await build({ entryPoints, outfile, bundle: true, platform: 'node', format: 'esm', packages: 'external' })
  renameSync(outfile, PROGRAM)
  return path.resolve(PROGRAM)
}

/** A decoder that is closed when the test is finished; `logged` are its lines. */
export async function aDecoder(options: Partial<DecoderOptions> = {}) {
  const logged: string[] = []
  const decoder = new Decoder({ program: await decoderProgram(), log: (line) => void logged.push(line), ...options })
  onTestFinished(() => decoder.close())
  return Object.assign(decoder, { logged })
}

/** A folder that is removed when the test is finished. */
export function aFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'broadsheet-pictures-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
