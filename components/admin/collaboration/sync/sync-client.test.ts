import { afterEach, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import {
  toBase64,
  decodeSyncRequest,
  type SequencedRestoredNotice,
  type RestoredNotice,
  type SyncResponse,
} from '@/domain/collaboration/protocol'
import { SyncClient } from './sync-client'

afterEach(() => vi.unstubAllGlobals())

const line = (document: Y.Doc) => document.getText('headline')

/** A newsroom that keeps what it is sent, and can be put back to what it was before. */
function aServer() {
  let document = new Y.Doc()
  let sequence = 0
  let putBack: SequencedRestoredNotice | null = null
  const answer = (vector?: Uint8Array): SyncResponse => ({
    lineage: 'one',
    version: sequence + 1,
    sequence,
    savedAt: new Date(0).toISOString(),
    missing: toBase64(Y.encodeStateAsUpdate(document, vector)),
    vector: toBase64(Y.encodeStateVector(document)),
    ...(putBack && { putBack }),
  })
  vi.stubGlobal('fetch', async (_address: string, { body }: { body: Uint8Array<ArrayBuffer> }) => {
    const frame = decodeSyncRequest(body)
    if (frame === null) throw new Error('That is no frame.')
    if (frame.update.length > 0) {
      Y.applyUpdate(document, frame.update)
      sequence += 1
    }
    return Response.json(answer(frame.vector))
  })
  return {
    answer,
    says: () => line(document).toString(),
    /** Somebody else writes; what the others hear of it. */
    write: (words: string) => {
      const before = Y.encodeStateVector(document)
      line(document).insert(line(document).length, words)
      sequence += 1
      return { sequence, update: toBase64(Y.encodeStateAsUpdate(document, before)) }
    },
    putBack: () => (putBack = { sequence: (sequence += 1), by: 'Edith', person: 2, to: null, keptAs: 7 }),
    backup: () => {
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
      onRestored: (putBack) => restored.push(putBack),
    },
    'one',
  )
  document.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin === null) client.queueUpdate(update)
  })
  client.applyResponse(server.answer())
  return { document, courier: client, told: restored, says: () => line(document).toString() }
}

test('after a backup was brought back an open tab hears others again, and gives back what the newsroom forgot', async () => {
  const server = aServer()
  server.write('It sang.')
  const restore = server.backup()
  const tab = aTab(server)
  for (const words of [' Loud', ' and', ' long.']) tab.courier.receiveUpdate(server.write(words))
  expect(tab.says()).toBe('It sang. Loud and long.')
  restore()
  await tab.courier.flush()
  await tab.courier.flush()
  expect(server.says()).toBe('It sang. Loud and long.')
  tab.courier.receiveUpdate(server.write(' Nobody slept.'))
  expect(tab.says()).toBe('It sang. Loud and long. Nobody slept.')
  tab.courier.close()
})

test('a backup that lacks only what was deleted is noticed as well', async () => {
  const server = aServer()
  server.write('It sang.')
  const tab = aTab(server)
  const restore = server.backup()
  line(tab.document).delete(2, 5)
  await tab.courier.flush()
  line(tab.document).delete(0, 2)
  await tab.courier.flush()
  expect(server.says()).toBe('.')
  restore()
  await tab.courier.flush()
  await tab.courier.flush()
  expect(server.says()).toBe('.')
  const notification = server.write(' Nobody slept.')
  tab.courier.receiveUpdate(notification)
  expect(tab.says()).toBe('. Nobody slept.')
  tab.courier.close()
})

test('an answer that comes after news of others does not take it back', async () => {
  const server = aServer()
  const tab = aTab(server)
  const late = server.answer()
  tab.courier.receiveUpdate(server.write('One.'))
  tab.courier.applyResponse(late)
  tab.courier.receiveUpdate(server.write(' Two.'))
  expect(tab.says()).toBe('One. Two.')
  tab.courier.close()
})

test('who was away while somebody put the draft back is told when they come back, once; who comes first, and who heard of it, is not', async () => {
  const server = aServer()
  const away = aTab(server)
  server.putBack()
  await away.courier.flush()
  expect(away.told).toEqual([{ sequence: 1, by: 'Edith', person: 2, to: null, keptAs: 7 }])
  await away.courier.flush()
  expect(away.told).toHaveLength(1)
  const later = aTab(server)
  await later.courier.flush()
  expect(later.told).toEqual([])
  for (const tab of [away, later]) tab.courier.close()
})
