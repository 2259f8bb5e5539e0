import { fileURLToPath } from 'node:url'
import { brotliCompressSync } from 'node:zlib'
import { build } from 'esbuild'
import { inEdition } from '@/domain/writing/words-frame'
import { COMPILE_AT_ONCE } from '../server/newsroom-scripts.mjs'
import { startBare } from './bare-server'
import type { Newsroom } from './newsroom'

const program = fileURLToPath(new URL('./bare-editor.mjs', import.meta.url))

/** What bench/watch-opening.mjs looks for is there, so that both are measured by the same watch. */
const page = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Bare</title>
<link rel="preload" as="fetch" crossorigin="anonymous" href="/words"><script type="module" async src="/editor.js"></script></head>
<body><div data-state="saved" class="body-sheet"></div></body></html>`

/** Serves a bare editor with the words of a story of the newsroom's, compressed as the newsroom does. @returns its address, and its script's bytes */
export async function startBareEditor(
  { cookie }: Newsroom,
  story: string,
): Promise<{ address: string; script: number }> {
  const asked = await fetch(inEdition(`${story}/words`), { headers: { cookie: `${cookie.name}=${cookie.value}` } })
  if (!asked.ok) throw new Error(`The words are not there: ${asked.status}.`)
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
  const answer = (at: string, type: string, body: Buffer) => ({
    path: at,
    head: ['content-type', type, 'content-encoding', 'br'],
    body,
  })
  const { origin } = await startBare([
    answer('/', 'text/html; charset=utf-8', brotliCompressSync(page)),
    answer('/editor.js', 'text/javascript', script),
    answer('/words', 'application/json', brotliCompressSync(await asked.text())),
  ])
  return { address: `${origin}/`, script: script.length }
}
