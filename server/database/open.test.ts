import { createServer, type AddressInfo, type Server } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { readSettings } from '../settings'
import { DatabaseUnavailable, openDatabase } from './open'

let otherServer: Server | undefined

afterEach(() => void otherServer?.close())

/** Settings with the address of a server that is no Postgres. */
function settingsFor(configure: (server: Server) => void) {
  const server = createServer()
  otherServer = server
  configure(server)
  return new Promise<ReturnType<typeof readSettings>>((resolve) =>
    server.listen(0, '127.0.0.1', () =>
      resolve(
        readSettings({
          DATABASE_URL: `postgres://news:secret@127.0.0.1:${(server.address() as AddressInfo).port}/news`,
        }),
      ),
    ),
  )
}

test('a proxy without a database, which accepts connections and closes them at once, is reported as unavailable', async () => {
  const settings = await settingsFor((server) => server.on('connection', (socket) => socket.end()))
  const opening = openDatabase(settings, () => undefined)
  await expect(opening).rejects.toThrow(DatabaseUnavailable)
  await expect(opening).rejects.toThrow(/^The database at 127\.0\.0\.1:\d+\/news \(DATABASE_URL\) does not answer: /u)
}, 20_000)
