import http, { type IncomingHttpHeaders } from 'node:http'
import type { Running } from './servers'

/** `took`: until the last byte, in milliseconds. */
export type ReaderResponse = {
  path: string
  status: number
  headers: IncomingHttpHeaders
  rawHeaders: string[]
  body: Buffer
  took: number
}

const agent = new http.Agent({ keepAlive: true, maxSockets: Infinity })

/** Requests a page with a browser's `accept-encoding`, and reads all of it. */
export function fetchPage(url: string, headers: Record<string, string> = {}): Promise<ReaderResponse> {
  return new Promise((resolve, reject) => {
    const startedAt = performance.now()
    const request = http.get(
      url,
      { agent, headers: { 'accept-encoding': 'gzip, deflate, br, zstd', ...headers } },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.once('error', reject)
        response.once('end', () => {
          const { pathname, search } = new URL(url)
          const { statusCode: status = 0, headers, rawHeaders } = response
          resolve({
            path: pathname + search,
            status,
            headers,
            rawHeaders,
            body: Buffer.concat(chunks),
            took: performance.now() - startedAt,
          })
        })
      },
    )
    request.once('error', (error: NodeJS.ErrnoException) => {
      // A keep-alive connection may be closed just when it is reused.
      if (request.reusedSocket && error.code === 'ECONNRESET') fetchPage(url, headers).then(resolve, reject)
      else reject(error)
    })
  })
}

/** Addresses of stories, the newest first, as the lists link to them. */
export async function storyPaths({ origin }: Running, pages = 30): Promise<string[]> {
  const paths = new Set<string>()
  let list: string | undefined = '/latest'
  for (let page = 0; page < pages && list !== undefined; page += 1) {
    const { body } = await fetchPage(origin + list, { 'accept-encoding': 'identity' })
    const text = body.toString()
    for (const [, path = ''] of text.matchAll(/href="(\/[\w-]+\/[\w-]+-\d+)"/gu)) paths.add(path)
    list = /href="(\/latest\?before=[^"]+)"/u.exec(text)?.[1]
  }
  return [...paths]
}
