import { fileURLToPath } from 'node:url'
import { brotliCompressSync } from 'node:zlib'
import { build } from 'esbuild'
import { withProtocolVersion } from '@/domain/collaboration/protocol'
import { COMPILE_HINT } from '../../scripts/admin-chunks.mjs'
import { startBare } from '../support/bare-server'
import type { Newsroom } from './newsroom'

const program = fileURLToPath(new URL('./bare-editor.mjs', import.meta.url))

/** Has the elements that bench/browser/measure-opening.mjs waits for. */
const page = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Bare</title>
<link rel="preload" as="fetch" crossorigin="anonymous" href="/words"><script type="module" async src="/editor.js"></script></head>
<body><div data-state="saved" class="body-sheet"></div></body></html>`

/**
 * Serves a bare editor with the document of a story of the newsroom, compressed as the newsroom does.
 * @returns its address, and the size of its script in bytes
 */
export async function startBareEditor(
  { cookie }: Newsroom,
  story: string,
): Promise<{ address: string; script: number }> {
  const response = await fetch(withProtocolVersion(`${story}/words`), {
    headers: { cookie: `${cookie.name}=${cookie.value}` },
  })
  if (!response.ok) throw new Error(`The document could not be fetched: ${response.status}.`)
  const bundled = await build({
    entryPoints: [program],
    bundle: true,
    format: 'esm',
    minify: true,
    write: false,
    target: 'es2022',
    define: { 'process.env.NODE_ENV': '"production"' },
  })
  const script = brotliCompressSync(COMPILE_HINT + (bundled.outputFiles[0]?.text ?? ''))
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
