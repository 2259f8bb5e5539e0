import { randomBytes } from 'node:crypto'
import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import type { Observe } from '../observing/request-log'
import { LARGEST_BODY, tooMuch } from './careful'
import { readDocument, type PageNotes } from './document'
import { newsroomAway, sendFault } from './fault-page'
import { isSecretPath } from './address'
import { headersForRenderer, newsroomPolicy, withoutReferrer } from './headers'
import { neverEnds, packingFor, packThrough } from './packing'

/** How long until the newsroom begins to answer; shorter while the database is away. Milliseconds. */
const ANSWERS_WITHIN = { usually: 15_000, databaseAway: 2500 }

/** Next's compiler may take its time. Milliseconds. */
const COMPILES_WITHIN = 120_000

/** The notes stand in the document's head; who looks further would hold back the page. Bytes. */
const HEAD_AT_MOST = 64 * 1024

type Options = {
  siteUrl: URL
  trustProxy: boolean
  dev: boolean
  renderer: { readonly origin: string | null }
  common: readonly string[]
  hearing: () => boolean
  observe: Observe
}

/** Passes newsroom pages through as they come, in both directions; nothing of them is remembered. */
export class Newsroom {
  private readonly agent = new http.Agent({ keepAlive: true, maxSockets: 64 })
  /** Answers that go on until somebody leaves: what others write in a story. */
  private readonly streams = new Set<ServerResponse>()
  private streamsEnd = false

  constructor(private readonly options: Options) {}

  /** @param whose the newsroom's own page, or (in development, where nothing is remembered) a reader's */
  async send(request: IncomingMessage, response: ServerResponse, path: string, whose: 'newsroom' | 'readers') {
    const { common, observe } = this.options
    const began = performance.now()
    try {
      const policy = newsroomPolicy(randomBytes(16).toString('base64'), this.options.dev)
      const answer = await this.ask(request, response, path, policy)
      const common = isSecretPath(path) ? withoutReferrer(this.options.common) : this.options.common
      await this.relay(answer, request, response, { path, policy: whose === 'newsroom' ? policy : null, common })
      observe(request, response, 'newsroom', performance.now() - began)
    } catch (error) {
      if (response.headersSent) response.destroy()
      else if (error instanceof TooMuch) sendFault(response, 413, common, tooMuch.sentence)
      else sendFault(response, 503, common, whose === 'newsroom' ? newsroomAway : undefined)
      observe(request, response, error instanceof TooMuch ? 'refused' : 'unavailable', performance.now() - began)
    }
  }

  /** Ends what would never end by itself, so that whoever listens turns to the next server at once. */
  endStreams() {
    this.streamsEnd = true
    for (const response of this.streams) response.end()
  }

  close() {
    this.agent.destroy()
  }

  private ask(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
    policy: string,
    lastTry = false,
  ): Promise<IncomingMessage> {
    const { renderer, dev, hearing } = this.options
    return new Promise((resolve, reject) => {
      if (renderer.origin === null) return reject(new Error('The renderer is not there.'))
      const writes = request.method === 'POST'
      const question = http.request(renderer.origin, {
        path,
        // A connection that was kept alive may be closed just when it is used again: a reading is asked again, a writing takes a new one,
        // and so does a stream, which would keep one from the pages.
        agent: writes || isStream(path) ? false : this.agent,
        method: writes ? 'POST' : 'GET',
        headers: { ...headersForRenderer(request, this.options), 'content-security-policy': policy },
      })
      const late = setTimeout(
        () => question.destroy(new Error('The newsroom takes too long.')),
        dev ? COMPILES_WITHIN : hearing() ? ANSWERS_WITHIN.usually : ANSWERS_WITHIN.databaseAway,
      )
      question.once('close', () => clearTimeout(late))
      question.on('error', (error: NodeJS.ErrnoException) => {
        const closedBeforeUse = question.reusedSocket && error.code === 'ECONNRESET' && !response.destroyed
        if (closedBeforeUse && !lastTry) resolve(this.ask(request, response, path, policy, true))
        else reject(error)
      })
      question.once('response', (answer) => {
        clearTimeout(late)
        resolve(answer)
      })
      response.once('close', () => question.destroy())
      if (!writes) return question.end()
      let length = 0
      request.on('data', (chunk: Buffer) => {
        length += chunk.length
        if (length > LARGEST_BODY) question.destroy(new TooMuch())
      })
      request.pipe(question)
    })
  }

  private keepStream(response: ServerResponse) {
    if (this.streamsEnd) return void response.end()
    this.streams.add(response)
    response.once('close', () => this.streams.delete(response))
  }

  /** @param policy what the newsroom's page may do; null for a reader's page */
  private async relay(
    answer: IncomingMessage,
    request: IncomingMessage,
    response: ServerResponse,
    { path, policy, common }: { path: string; policy: string | null; common: readonly string[] },
  ) {
    const packing = packingFor(request, answer, path)
    const head = [...common, ...passedHeaders(answer, policy !== null, packing !== null)]
    if (packing) head.push('Content-Encoding', packing.encoding, 'Vary', 'Accept-Encoding, Sec-Fetch-Site')
    if (policy !== null) {
      head.push('Cache-Control', 'no-store', 'X-Robots-Tag', 'noindex, nofollow')
      head.push('Content-Security-Policy', policy)
    }
    const { first, notes } = await firstPart(answer)
    const status = answer.statusCode === 200 && notes ? notes.status : afterForm(request, answer.statusCode ?? 502)
    if (notes?.location && status >= 300 && status < 400) head.push('Location', notes.location)
    if ((status === 503 || status === 429) && !answer.headers['retry-after']) head.push('Retry-After', '5')
    response.writeHead(status, head)
    if (request.method === 'HEAD') {
      answer.destroy()
      response.end()
      return
    }
    const out = packing?.packer ?? response
    out.write(first)
    if (neverEnds(answer)) this.keepStream(response)
    await new Promise<void>((resolve, reject) => {
      answer.once('error', reject)
      response.once('close', () => {
        packing?.packer.destroy()
        resolve()
      })
      if (packing === null) answer.pipe(response)
      else packThrough(answer, packing.packer).on('error', reject).pipe(response)
    })
  }
}

const isStream = (path: string) => /^\/admin\/stories\/\d+\/words\/stream(?:\?|$)/u.test(path)

/** A page that sends a form's writer elsewhere (to sign in, say) means: look there. With 307 the browser would send the form there. */
const afterForm = ({ method }: IncomingMessage, status: number) => (method === 'POST' && status === 307 ? 303 : status)

class TooMuch extends Error {}

/** Headers that are about one connection, that we say ourselves, or that are notes to us. */
const OURS =
  /^(?:connection|keep-alive|transfer-encoding|trailer|x-powered-by|x-page-.*|x-content-type-options|referrer-policy|permissions-policy|cross-origin-opener-policy|x-frame-options|strict-transport-security)$/iu
const NEWSROOMS = /^(?:cache-control|x-robots-tag|content-security-policy)$/iu

function passedHeaders({ rawHeaders, headers }: IncomingMessage, newsroom: boolean, isPacked: boolean): string[] {
  const passed: string[] = []
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const [name = '', value = ''] = rawHeaders.slice(at, at + 2)
    if (OURS.test(name) || (newsroom && NEWSROOMS.test(name))) continue
    // A document grows shorter by its notes, and all that is packed by that.
    if (name.toLowerCase() === 'content-length' && (isPacked || isDocument(headers['content-type']))) continue
    passed.push(name, value)
  }
  return passed
}

const isDocument = (contentType: string | undefined) => contentType?.startsWith('text/html') ?? false

/** A document up to the end of its head, its notes read and taken out; of anything else nothing. The rest stays in the stream. */
async function firstPart(answer: IncomingMessage): Promise<{ first: Buffer; notes: PageNotes | null }> {
  if (!isDocument(answer.headers['content-type'])) return { first: Buffer.alloc(0), notes: null }
  let first = Buffer.alloc(0)
  for await (const chunk of answer.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    first = Buffer.concat([first, chunk])
    if (first.length >= HEAD_AT_MOST || first.includes('</head>')) break
  }
  const end = first.indexOf('</head>')
  if (end === -1) return { first, notes: null }
  const { html, notes } = readDocument(first.subarray(0, end).toString())
  return { first: Buffer.concat([Buffer.from(html), first.subarray(end)]), notes }
}
