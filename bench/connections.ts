import { readdirSync } from 'node:fs'
import net from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { milliseconds, whole } from './support/figures'
import { fetchPage } from './support/reader'
import { progress, type Findings } from './support/report'
import { createDatabase, startDatabase, startServer, untilIdle, type Running } from './support/servers'

/** The limit of descriptors of this process and of the server (`ulimit -n`) must allow them. */
const CONNECTIONS = 8000

const MOMENTS = [0, 5, 10, 20, 30]

/** A client that says nothing, stops within a request’s head or body, or asks for another protocol. */
const beginnings = [
  '',
  'GET / HTTP/1.1\r\nHost: loc',
  'POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: 5000\r\n\r\nabc',
  'GET /admin HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
]

type Moment = { second: number; opened: number; closed: number; descriptors: number; front: number; newsroom: number }

/** How long the server holds connections of clients that go silent, and what others get meanwhile. */
export async function benchConnections(): Promise<Findings> {
  const server = await startServer(await createDatabase(await startDatabase(), 'connections'))
  await untilIdle(server)
  const before = descriptorsOf(server)
  progress(`Connections: ${whole(CONNECTIONS)} silent clients`)
  const clients = await openSilently(server)
  const startedAt = performance.now()
  const moments: Moment[] = []
  for (const second of MOMENTS) {
    await pause(Math.max(0, second * 1000 - (performance.now() - startedAt)))
    const [front, newsroom] = [await timeOf(`${server.origin}/`), await timeOf(`${server.origin}/sign-in`)]
    moments.push({ second, ...clients.counts(), descriptors: descriptorsOf(server), front, newsroom })
  }
  clients.end()
  return {
    figures: { before, moments },
    tables: [
      {
        title: 'Connections of clients that go silent',
        head: ['second', 'opened', 'closed by the server', 'descriptors of the server', 'front page', '/sign-in'],
        rows: moments.map(({ second, opened, closed, descriptors, front, newsroom }) => [
          String(second),
          whole(opened),
          whole(closed),
          whole(descriptors),
          milliseconds(front),
          milliseconds(newsroom),
        ]),
        notes: [`Before them the server had ${whole(before)} descriptors. Linux only.`],
      },
    ],
  }
}

async function openSilently({ origin }: Running) {
  const { hostname, port } = new URL(origin)
  const counts = { opened: 0, closed: 0 }
  const sockets: net.Socket[] = []
  for (let at = 0; at < CONNECTIONS; at += 1) {
    const socket = net.connect(Number(port), hostname)
    socket.on('connect', () => {
      counts.opened += 1
      socket.write(beginnings[at % beginnings.length] ?? '')
    })
    socket.on('error', () => undefined).on('close', () => (counts.closed += 1))
    sockets.push(socket.resume())
    if (at % 200 === 199) await pause(20)
  }
  return { counts: () => ({ ...counts }), end: () => sockets.forEach((socket) => socket.destroy()) }
}

const descriptorsOf = ({ pid }: Running) => readdirSync(`/proc/${pid}/fd`).length

async function timeOf(url: string): Promise<number> {
  const startedAt = performance.now()
  const { status } = await fetchPage(url)
  if (status !== 200) throw new Error(`${url} was answered with ${status}.`)
  return performance.now() - startedAt
}
