import net from 'node:net'
import autocannon, { type Client } from 'autocannon'
import { cpuSeconds } from './process'

export type Load = {
  url: string
  /** The process whose processor time is measured. */
  pid: number
  seconds: number
  connections?: number
  /** More than one keeps the generator from being the bottleneck. */
  pipelining?: number
  method?: 'GET' | 'HEAD'
  headers?: Record<string, string>
  /** The expected status. */
  status?: number
  /** Whether all responses are the same to the byte, as cache hits are. */
  identical?: boolean
}

export type Measured = {
  perSecond: number
  /** Milliseconds. */
  p50: number
  p99: number
  /** Processor time of the server per response, in microseconds; null outside Linux. */
  cpu: number | null
  /** The part of one core that the server used; null outside Linux. */
  busy: number | null
  /** Responses with another status, errors and timeouts. */
  bad: number
}

export async function measure(load: Load): Promise<Measured> {
  const { url, pid, seconds, connections = 64, pipelining = 1, method = 'GET', status = 200, identical = true } = load
  const headers = { 'accept-encoding': 'gzip, deflate, br, zstd', ...load.headers }
  const setupClient = identical
    ? countResponses(status, await responseLength({ url, method, headers }))
    : () => undefined
  const before = cpuSeconds(pid)
  const options = { url, connections, pipelining, duration: seconds, sampleInt: 100, method, headers, setupClient }
  const result = await autocannon(options)
  const after = cpuSeconds(pid)
  const responses = result.statusCodeStats[status]?.count ?? 0
  const used = before === null || after === null ? null : after - before
  return {
    perSecond: responses / result.duration,
    p50: result.latency.p50,
    p99: result.latency.p99,
    cpu: used === null || responses === 0 ? null : (used / responses) * 1e6,
    busy: used === null ? null : used / result.duration,
    bad: result.requests.total - responses + result.errors + result.timeouts,
  }
}

/** Callbacks of http-parser-js, the parser of autocannon. */
const ON_HEADERS_COMPLETE = 2
const ON_MESSAGE_COMPLETE = 4

/**
 * autocannon's parser takes several times as long as the server it measures, and waits for a body after HEAD. Responses that are the same to the
 * byte need no parsing: each begins with its status line and has the same length.
 */
function countResponses(status: number, length: number) {
  const statusLine = Buffer.from(`HTTP/1.1 ${status} `)
  return (client: Client) => {
    const { parser } = client
    let remaining = length
    parser.execute = (chunk: Buffer) => {
      client.conn.cork()
      let at = 0
      while (at < chunk.length) {
        const isStart = remaining === length && chunk.length - at >= statusLine.length
        if (isStart && !statusLine.equals(chunk.subarray(at, at + statusLine.length)))
          throw new Error(`Unexpected response: ${chunk.subarray(at, at + 80).toString('latin1')}`)
        const part = Math.min(remaining, chunk.length - at)
        at += part
        remaining -= part
        if (remaining > 0) continue
        remaining = length
        parser[ON_HEADERS_COMPLETE]?.({ statusCode: status, headers: [] })
        parser[ON_MESSAGE_COMPLETE]?.()
      }
      client.conn.uncork()
    }
  }
}

/** The length of one response on the wire, head included; it is complete when nothing more arrives for a moment. */
function responseLength(load: { url: string; method: string; headers: Record<string, string> }): Promise<number> {
  const { hostname, port, host, pathname, search } = new URL(load.url)
  const head = Object.entries({ host, connection: 'keep-alive', ...load.headers }).map((pair) => pair.join(': '))
  return new Promise((resolve, reject) => {
    let length = 0
    const socket = net.connect(Number(port), hostname)
    const end = (error?: Error) => {
      socket.destroy()
      clearTimeout(timer)
      if (error) reject(error)
      else resolve(length)
    }
    let timer = setTimeout(() => end(new Error(`${load.url} did not answer.`)), RESPONSE_TIMEOUT)
    socket.once('error', end)
    socket.on('data', (chunk) => {
      length += chunk.length
      clearTimeout(timer)
      timer = setTimeout(end, IDLE_TIMEOUT)
    })
    socket.write([`${load.method} ${pathname}${search} HTTP/1.1`, ...head, '', ''].join('\r\n'))
  })
}

/** Milliseconds. */
const RESPONSE_TIMEOUT = 5000
const IDLE_TIMEOUT = 60
