import net from 'node:net'
import autocannon, { type Client } from 'autocannon'
import { cpuSeconds } from './process'

export type Load = {
  url: string
  /** The process whose work is counted. */
  pid: number
  seconds: number
  connections?: number
  /** Requests sent on a connection before the first is answered; more than one keeps the generator from being the slower part. */
  pipelining?: number
  method?: 'GET' | 'HEAD'
  headers?: Record<string, string>
  /** The only status that counts as an answer. */
  status?: number
  /** Whether every answer is the same to the byte, as those from memory are. */
  alike?: boolean
}

export type Measured = {
  perSecond: number
  /** Milliseconds. */
  p50: number
  p99: number
  /** Microseconds of the server's processor time for one answer; null where the system does not say (outside Linux). */
  cpu: number | null
  /** The part of one core that the server used; null likewise. */
  busy: number | null
  /** Answers with another status, errors and timeouts. */
  bad: number
}

/** Sends as much as is answered, for some seconds. */
export async function measure(load: Load): Promise<Measured> {
  const { url, pid, seconds, connections = 64, pipelining = 1, method = 'GET', status = 200, alike = true } = load
  const headers = { 'accept-encoding': 'gzip, deflate, br, zstd', ...load.headers }
  const setupClient = alike ? countAnswers(status, await lengthOfAnswer({ url, method, headers })) : () => undefined
  const before = cpuSeconds(pid)
  const options = { url, connections, pipelining, duration: seconds, sampleInt: 100, method, headers, setupClient }
  const result = await autocannon(options)
  const after = cpuSeconds(pid)
  const answers = result.statusCodeStats[status]?.count ?? 0
  const used = before === null || after === null ? null : after - before
  return {
    perSecond: answers / result.duration,
    p50: result.latency.p50,
    p99: result.latency.p99,
    cpu: used === null || answers === 0 ? null : (used / answers) * 1e6,
    busy: used === null ? null : used / result.duration,
    bad: result.requests.total - answers + result.errors + result.timeouts,
  }
}

/** Of http-parser-js, which autocannon reads answers with. */
const HEAD_IS_READ = 2
const ANSWER_IS_READ = 4

/**
 * autocannon's parser takes several times as long for an answer as the server it measures, and waits for a body after HEAD. Where all answers
 * are the same to the byte they need not be parsed: each begins with its status line, and ends so many bytes later.
 */
function countAnswers(status: number, length: number) {
  const opening = Buffer.from(`HTTP/1.1 ${status} `)
  return (client: Client) => {
    const { parser } = client
    let missing = length
    parser.execute = (chunk: Buffer) => {
      client.conn.cork()
      let at = 0
      while (at < chunk.length) {
        const begins = missing === length && chunk.length - at >= opening.length
        if (begins && !opening.equals(chunk.subarray(at, at + opening.length)))
          throw new Error(`Not the answer that was expected: ${chunk.subarray(at, at + 80).toString('latin1')}`)
        const part = Math.min(missing, chunk.length - at)
        at += part
        missing -= part
        if (missing > 0) continue
        missing = length
        parser[HEAD_IS_READ]?.({ statusCode: status, headers: [] })
        parser[ANSWER_IS_READ]?.()
      }
      client.conn.uncork()
    }
  }
}

/** The bytes of one whole answer as they come over the line, head and all; after a moment in which nothing more comes, it is whole. */
function lengthOfAnswer(load: { url: string; method: string; headers: Record<string, string> }): Promise<number> {
  const { hostname, port, host, pathname, search } = new URL(load.url)
  const head = Object.entries({ host, connection: 'keep-alive', ...load.headers }).map((pair) => pair.join(': '))
  return new Promise((resolve, reject) => {
    let length = 0
    const line = net.connect(Number(port), hostname)
    const end = (error?: Error) => {
      line.destroy()
      clearTimeout(late)
      if (error) reject(error)
      else resolve(length)
    }
    let late = setTimeout(() => end(new Error(`${load.url} did not answer.`)), ANSWERS_WITHIN)
    line.once('error', end)
    line.on('data', (chunk) => {
      length += chunk.length
      clearTimeout(late)
      late = setTimeout(end, WHOLE_AFTER)
    })
    line.write([`${load.method} ${pathname}${search} HTTP/1.1`, ...head, '', ''].join('\r\n'))
  })
}

/** Milliseconds. */
const ANSWERS_WITHIN = 5000
const WHOLE_AFTER = 60
