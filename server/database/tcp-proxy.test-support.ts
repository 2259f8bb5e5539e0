import net, { type Socket } from 'node:net'

export type TcpProxy = {
  /** The database's address through the proxy. */
  url: string
  /** Drops all data in both directions without closing anything; new connections are still accepted. */
  blackhole: () => void
  /** Forwards new connections again; older ones stay broken, as after a lost route. */
  restore: () => void
  /** Forwards new connections to another database. */
  retarget: (databaseUrl: string) => void
  close: () => Promise<void>
}

/** A TCP proxy before the database that can turn into a black hole. */
export async function startTcpProxy(databaseUrl: string): Promise<TcpProxy> {
  let target = new URL(databaseUrl)
  let forwarding = true
  let epoch = 0
  const sockets = new Set<Socket>()
  const server = net.createServer((client) => {
    track(client)
    if (!forwarding) return
    const upstream = net.connect(Number(target.port), target.hostname)
    track(upstream)
    forward(client, upstream)
    forward(upstream, client)
  })
  function track(socket: Socket) {
    sockets.add(socket)
    socket.on('error', () => undefined).once('close', () => sockets.delete(socket))
  }
  function forward(from: Socket, to: Socket) {
    const openedIn = epoch
    from.on('data', (chunk) => {
      if (openedIn === epoch) to.write(chunk)
    })
    from.once('close', () => {
      if (openedIn === epoch) to.destroy()
    })
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const url = new URL(databaseUrl)
  url.port = String(typeof address === 'object' && address ? address.port : 0)
  const close = () =>
    new Promise<void>((resolve) => {
      for (const socket of sockets) socket.destroy()
      server.close(() => resolve())
    })
  return {
    url: url.href,
    blackhole: () => {
      forwarding = false
      epoch += 1
    },
    restore: () => void (forwarding = true),
    retarget: (databaseUrl) => void (target = new URL(databaseUrl)),
    close,
  }
}
