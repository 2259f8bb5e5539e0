import { afterEach, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { inBase64, readFrame, type CountedPutBack, type PutBack, type WordsAnswer } from '@/domain/writing/words-frame'
import { Courier } from './courier'

afterEach(() => vi.unstubAllGlobals())

const line = (document: Y.Doc) => document.getText('headline')

/** A newsroom that keeps what it is sent, and can be put back to what it was before. */
function aNewsroom() {
  let document = new Y.Doc()
  let sequence = 0
  let putBack: CountedPutBack | null = null
  const answer = (vector?: Uint8Array): WordsAnswer => ({
    lineage: 'one',
    version: sequence + 1,
    sequence,
    savedAt: new Date(0).toISOString(),
    missing: inBase64(Y.encodeStateAsUpdate(document, vector)),
    vector: inBase64(Y.encodeStateVector(document)),
    ...(putBack && { putBack }),
  })
  vi.stubGlobal('fetch', async (_address: string, { body }: { body: Uint8Array<ArrayBuffer> }) => {
    const frame = readFrame(body)
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
      return { sequence, update: inBase64(Y.encodeStateAsUpdate(document, before)) }
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

function aTab(newsroom: ReturnType<typeof aNewsroom>) {
  const told: PutBack[] = []
  const document = new Y.Doc()
  const courier = new Courier(
    {
      document,
      address: '/words',
      userId: 1,
      onNews: () => undefined,
      setAside: () => undefined,
      onPutBack: (putBack) => told.push(putBack),
    },
    'one',
  )
  document.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin === null) courier.wrote(update)
  })
  courier.learn(newsroom.answer())
  return { document, courier, told, says: () => line(document).toString() }
}

test('after a backup was brought back an open tab hears others again, and gives back what the newsroom forgot', async () => {
  const newsroom = aNewsroom()
  newsroom.write('It sang.')
  const restore = newsroom.backup()
  const tab = aTab(newsroom)
  for (const words of [' Loud', ' and', ' long.']) tab.courier.heard(newsroom.write(words))
  expect(tab.says()).toBe('It sang. Loud and long.')
  restore()
  await tab.courier.flush()
  await tab.courier.flush()
  expect(newsroom.says()).toBe('It sang. Loud and long.')
  tab.courier.heard(newsroom.write(' Nobody slept.'))
  expect(tab.says()).toBe('It sang. Loud and long. Nobody slept.')
  tab.courier.close()
})

test('a backup that lacks only what was deleted is noticed as well', async () => {
  const newsroom = aNewsroom()
  newsroom.write('It sang.')
  const tab = aTab(newsroom)
  const restore = newsroom.backup()
  line(tab.document).delete(2, 5)
  await tab.courier.flush()
  line(tab.document).delete(0, 2)
  await tab.courier.flush()
  expect(newsroom.says()).toBe('.')
  restore()
  await tab.courier.flush()
  await tab.courier.flush()
  expect(newsroom.says()).toBe('.')
  const heard = newsroom.write(' Nobody slept.')
  tab.courier.heard(heard)
  expect(tab.says()).toBe('. Nobody slept.')
  tab.courier.close()
})

test('an answer that comes after news of others does not take it back', async () => {
  const newsroom = aNewsroom()
  const tab = aTab(newsroom)
  const late = newsroom.answer()
  tab.courier.heard(newsroom.write('One.'))
  tab.courier.learn(late)
  tab.courier.heard(newsroom.write(' Two.'))
  expect(tab.says()).toBe('One. Two.')
  tab.courier.close()
})

test('who was away while somebody put the draft back is told when they come back, once; who comes first, and who heard of it, is not', async () => {
  const newsroom = aNewsroom()
  const away = aTab(newsroom)
  newsroom.putBack()
  await away.courier.flush()
  expect(away.told).toEqual([{ sequence: 1, by: 'Edith', person: 2, to: null, keptAs: 7 }])
  await away.courier.flush()
  expect(away.told).toHaveLength(1)
  const later = aTab(newsroom)
  await later.courier.flush()
  expect(later.told).toEqual([])
  for (const tab of [away, later]) tab.courier.close()
})
