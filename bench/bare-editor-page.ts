import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync } from 'node:zlib'
import { build } from 'esbuild'
import { inEdition } from '@/domain/writing/words-frame'
import type { Newsroom } from './newsroom'
import { endLater } from './tidy'

const program = fileURLToPath(new URL('./bare-editor.mjs', import.meta.url))

/** As the newsroom's own scripts begin: compiled whole, off the main thread (decision 0013). */
const AT_ONCE = '//# allFunctionsCalledOnLoad\n'

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
  const script = brotliCompressSync(AT_ONCE + (bundled.outputFiles[0]?.text ?? ''))
  const answers = new Map<string | undefined, { type: string; body: Buffer }>([
    ['/', { type: 'text/html; charset=utf-8', body: brotliCompressSync(page) }],
    ['/editor.js', { type: 'text/javascript', body: script }],
    ['/words', { type: 'application/json', body: brotliCompressSync(await asked.text()) }],
  ])
  const server = http.createServer(({ url }, response) => {
    const answer = answers.get(url)
    if (!answer) return void response.writeHead(404).end()
    response.writeHead(200, { 'content-type': answer.type, 'content-encoding': 'br' }).end(answer.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  endLater(async () => void server.close())
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, script: script.length }
}
