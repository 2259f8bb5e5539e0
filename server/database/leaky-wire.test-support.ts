import net, { type Socket } from 'node:net'

export type Wire = {
  /** The database, through the wire. */
  url: string
  /** From now on nothing comes through, in either direction, and nobody is told: a black hole. Connections can still be opened. */
  cut: () => void
  /** New connections come through again; those of before stay dead, as after a lost route. */
  mend: () => void
  /** Leads to another place from now on. */
  lead: (databaseUrl: string) => void
  close: () => Promise<void>
}

/** A wire between us and the database that can be cut without a sound. */
export async function aWireTo(databaseUrl: string): Promise<Wire> {
  let target = new URL(databaseUrl)
  let whole = true
  let cuts = 0
  const sockets = new Set<Socket>()
  const server = net.createServer((near) => {
    keep(near)
    if (!whole) return
    const far = net.connect(Number(target.port), target.hostname)
    keep(far)
    pass(near, far)
    pass(far, near)
  })
  function keep(socket: Socket) {
    sockets.add(socket)
    socket.on('error', () => undefined).once('close', () => sockets.delete(socket))
  }
  function pass(from: Socket, to: Socket) {
    const openedAfter = cuts
    from.on('data', (chunk) => {
      if (openedAfter === cuts) to.write(chunk)
    })
    from.once('close', () => {
      if (openedAfter === cuts) to.destroy()
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
    cut: () => {
      whole = false
      cuts += 1
    },
    mend: () => void (whole = true),
    lead: (databaseUrl) => void (target = new URL(databaseUrl)),
    close,
  }
}
