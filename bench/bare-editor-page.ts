import { fileURLToPath } from 'node:url'
import { brotliCompressSync } from 'node:zlib'
import { build } from 'esbuild'
import { withProtocolVersion } from '@/domain/collaboration/protocol'
import { COMPILE_AT_ONCE } from '../scripts/admin-chunks.mjs'
import { startBare } from './bare-server'
import type { Newsroom } from './newsroom'

const program = fileURLToPath(new URL('./bare-editor.mjs', import.meta.url))

/** What bench/measure-opening.mjs looks for is there, so that both are measured by the same watch. */
const page = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Bare</title>
<link rel="preload" as="fetch" crossorigin="anonymous" href="/words"><script type="module" async src="/editor.js"></script></head>
<body><div data-state="saved" class="body-sheet"></div></body></html>`

/** Serves a bare editor with the words of a story of the newsroom's, compressed as the newsroom does. @returns its address, and its script's bytes */
export async function startBareEditor(
  { cookie }: Newsroom,
  story: string,
): Promise<{ address: string; script: number }> {
  const response = await fetch(withProtocolVersion(`${story}/words`), {
    headers: { cookie: `${cookie.name}=${cookie.value}` },
  })
  if (!response.ok) throw new Error(`The words are not there: ${response.status}.`)
  const bundled = await build({
    entryPoints: [program],
    bundle: true,
    format: 'esm',
    minify: true,
    write: false,
    target: 'es2022',
    define: { 'process.env.NODE_ENV': '"production"' },
  })
  const script = brotliCompressSync(COMPILE_AT_ONCE + (bundled.outputFiles[0]?.text ?? ''))
  const entry = (at: string, type: string, body: Buffer) => ({
    path: at,
    head: ['content-type', type, 'content-encoding', 'br'],
    body,
  })
  const { origin } = await startBare([
    entry('/', 'text/html; charset=utf-8', brotliCompressSync(page)),
    entry('/editor.js', 'text/javascript', script),
    entry('/words', 'application/json', brotliCompressSync(await response.text())),
  ])
  return { address: `${origin}/`, script: script.length }
}
