import { toBase64 } from 'lib0/buffer'
import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import * as Y from 'yjs'
import {
  decodeSyncRequest,
  toWire,
  type RestoredNotice,
  type SequencedRestoredNotice,
  type SyncResponse,
} from '@/domain/collaboration/protocol'
import { SyncClient } from './sync-client'

afterEach(() => vi.unstubAllGlobals())

const line = (document: Y.Doc) => document.getText('headline')

/** A server that stores what it receives, and can be restored to a backup. */
function aServer() {
  let document = new Y.Doc()
  let sequence = 0
  let restoredNotice: SequencedRestoredNotice | null = null
  const response = (vector?: Uint8Array): SyncResponse => ({
    lineage: 'one',
    version: sequence + 1,
    sequence,
    savedAt: new Date(0).toISOString(),
    missing: toBase64(Y.encodeStateAsUpdate(document, vector)),
    vector: toBase64(Y.encodeStateVector(document)),
    ...(restoredNotice && { restoredNotice }),
  })
  vi.stubGlobal('fetch', async (_address: string, { body }: { body: Uint8Array<ArrayBuffer> }) => {
    const request = decodeSyncRequest(body)
    if (request === null) throw new Error('The request cannot be decoded.')
    if (request.update.length > 0) {
      Y.applyUpdate(document, request.update)
      sequence += 1
    }
    return Response.json(toWire(response(request.vector)))
  })
  return {
    response,
    says: () => line(document).toString(),
    /** Another person writes. Returns the event of it. */
    write: (text: string) => {
      const before = Y.encodeStateVector(document)
      line(document).insert(line(document).length, text)
      sequence += 1
      return { sequence, update: toBase64(Y.encodeStateAsUpdate(document, before)) }
    },
    restore: () => (restoredNotice = { sequence: (sequence += 1), by: 'Edith', person: 2, to: null, keptAs: 7 }),
    backUp: () => {
      const [state, then] = [Y.encodeStateAsUpdate(document), sequence]
      return () => {
        document = new Y.Doc()
        Y.applyUpdate(document, state)
        sequence = then
      }
    },
  }
}

function aTab(server: ReturnType<typeof aServer>) {
  const restored: RestoredNotice[] = []
  const document = new Y.Doc()
  const client = new SyncClient(
    {
      document,
      address: '/words',
      userId: 1,
      onChange: () => undefined,
      saveUnsent: () => undefined,
      onRestored: (notice) => restored.push(notice),
    },
    'one',
  )
  document.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin === null) client.queueUpdate(update)
  })
  onTestFinished(() => client.close())
  client.applyResponse(server.response())
  return { document, client, restored, says: () => line(document).toString() }
}

test('after a restored backup an open tab applies the updates of others again, and sends what the server has lost', async () => {
  const server = aServer()
  server.write('It sang.')
  const restore = server.backUp()
  const tab = aTab(server)
  for (const text of [' Loud', ' and', ' long.']) tab.client.receiveUpdate(server.write(text))
  expect(tab.says()).toBe('It sang. Loud and long.')
  restore()
  await tab.client.flush()
  await tab.client.flush()
  expect(server.says()).toBe('It sang. Loud and long.')
  tab.client.receiveUpdate(server.write(' Nobody slept.'))
  expect(tab.says()).toBe('It sang. Loud and long. Nobody slept.')
})

test('a restored backup that lacks only deletions is detected as well', async () => {
  const server = aServer()
  server.write('It sang.')
  const tab = aTab(server)
  const restore = server.backUp()
  line(tab.document).delete(2, 5)
  await tab.client.flush()
  line(tab.document).delete(0, 2)
  await tab.client.flush()
  expect(server.says()).toBe('.')
  restore()
  await tab.client.flush()
  await tab.client.flush()
  expect(server.says()).toBe('.')
  tab.client.receiveUpdate(server.write(' Nobody slept.'))
  expect(tab.says()).toBe('. Nobody slept.')
})

test('a response that arrives after a newer event does not lower the sequence', async () => {
  const server = aServer()
  const tab = aTab(server)
  const late = server.response()
  tab.client.receiveUpdate(server.write('One.'))
  tab.client.applyResponse(late)
  tab.client.receiveUpdate(server.write(' Two.'))
  expect(tab.says()).toBe('One. Two.')
})

test('a tab that was disconnected while the draft was restored is notified at its next sync, once; a new tab is not', async () => {
  const server = aServer()
  const away = aTab(server)
  server.restore()
  await away.client.flush()
  expect(away.restored).toEqual([{ sequence: 1, by: 'Edith', person: 2, to: null, keptAs: 7 }])
  await away.client.flush()
  expect(away.restored).toHaveLength(1)
  const later = aTab(server)
  await later.client.flush()
  expect(later.restored).toEqual([])
})
