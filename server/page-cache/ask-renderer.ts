import http, { type Agent, type IncomingMessage } from 'node:http'
import { isFilePath } from '../front-door/address'
import { noNotes, readDocument, takeNote, withoutFramework, type PageNotes } from '../front-door/document'
import { siteHeaders } from '../front-door/headers'
import type { Proof } from './page'

/** The largest answer we hold in memory. Bytes. */
const LARGEST_ANSWER = 16 * 1024 * 1024

/** The renderer cannot be asked now (`away`), or it failed at this very page (`failed`). */
export class RendererFault extends Error {
  constructor(
    readonly kind: 'away' | 'failed',
    why: string,
  ) {
    super(why)
  }
}

type Question = { origin: string; key: string; siteUrl: URL; agent: Agent; signal: AbortSignal }

/**
 * Has a reader's page rendered. The renderer is told the address and nothing of who asked, so what comes back is the same for everybody.
 * @throws RendererFault
 */
export async function askRenderer(question: Question): Promise<Proof> {
  const answer = await response(question)
  const status = answer.statusCode ?? 500
  const body = await bodyOf(answer)
  if (status >= 500) throw new RendererFault('failed', `The renderer answered ${status}.`)
  const notes = notesInHeaders(answer)
  const proof = proofOf(question.key, answer, notes)
  if (!proof.contentType.startsWith('text/html')) return { ...proof, status: statusOf(status, notes), body }
  const document = readDocument(body.toString())
  if (statusOf(status, document.notes) >= 500) throw new RendererFault('failed', 'The page says that it failed.')
  return {
    ...proof,
    status: statusOf(status, document.notes),
    location: document.notes.location ?? proof.location,
    tags: [...proof.tags, ...document.notes.tags],
    until: document.notes.until ?? proof.until,
    ends: document.notes.ends ?? proof.ends,
    body: Buffer.from(withoutFramework(document.html)),
  }
}

function proofOf(key: string, answer: IncomingMessage, notes: PageNotes): Omit<Proof, 'body' | 'status'> {
  const found = answer.statusCode === 200 && notes.tags.length === 0
  const forGood = found && /\bimmutable\b/u.test(answer.headers['cache-control'] ?? '')
  return {
    key,
    contentType: answer.headers['content-type'] ?? 'application/octet-stream',
    location: answer.headers.location ?? null,
    tags: notes.tags,
    until: notes.until,
    ends: notes.ends,
    file: !isFilePath(key) || !found ? 'no' : forGood ? 'for good' : 'for now',
  }
}

/** What the page says counts only where the renderer itself had nothing to say. */
function statusOf(rendered: number, notes: PageNotes): number {
  return rendered === 200 ? notes.status : rendered
}

function notesInHeaders({ headers }: IncomingMessage): PageNotes {
  const notes = noNotes()
  for (const name of ['tags', 'status', 'until', 'ends']) {
    const content = headers[`x-page-${name}`]
    if (typeof content === 'string') takeNote(notes, name, content)
  }
  return notes
}

/** A connection that was kept alive may be closed just when it is used again: then it is asked once more. */
async function response(question: Question): Promise<IncomingMessage> {
  const first = await ask(question)
  return first === 'closed before use' ? asked(await ask(question)) : first
}

function asked(answer: IncomingMessage | 'closed before use'): IncomingMessage {
  if (answer === 'closed before use') throw new RendererFault('away', 'The renderer closes its connections.')
  return answer
}

function ask({ origin, key, siteUrl, agent, signal }: Question): Promise<IncomingMessage | 'closed before use'> {
  return new Promise((resolve, reject) => {
    const headers = { ...siteHeaders(siteUrl), accept: 'text/html,*/*;q=0.8', 'user-agent': 'Broadsheet' }
    const request = http.get(`${origin}${key}`, { agent, headers, signal }, resolve)
    request.once('error', (error: NodeJS.ErrnoException) => {
      if (request.reusedSocket && error.code === 'ECONNRESET') resolve('closed before use')
      else reject(new RendererFault('away', error.message))
    })
  })
}

function bodyOf(answer: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let length = 0
    answer.on('data', (chunk: Buffer) => {
      length += chunk.length
      chunks.push(chunk)
      if (length > LARGEST_ANSWER) answer.destroy(new RendererFault('failed', 'The answer is too large.'))
    })
    answer.once('end', () => resolve(Buffer.concat(chunks, length)))
    answer.once('error', (error) =>
      reject(error instanceof RendererFault ? error : new RendererFault('away', String(error))),
    )
  })
}
