import { expect, test } from 'vitest'
import * as Y from 'yjs'
import type { FormAction, FormState } from '@/lib/form-state'
import { REMOTE_ORIGIN } from '../sync/sync-client'
import { submitAfterSync } from './submit-after-sync'

const stale = (version: number): FormState => ({
  status: 'refused',
  refusal: { kind: 'stale', by: 'Rae', version, theirs: {} },
  typed: {},
})

/** A tab in which the story is open as version 3, and the `seenVersion` of each submission. */
function aTab({ answers, remoteEdits = 0 }: { answers: FormState[]; remoteEdits?: number }) {
  const document = new Y.Doc()
  const others = new Y.Doc()
  let version = 3
  let remaining = remoteEdits
  const flush = () => {
    version += 1
    if (remaining > 0) {
      remaining -= 1
      others.getText('kicker').insert(0, 'By the quay ')
      Y.applyUpdate(document, Y.encodeStateAsUpdate(others), REMOTE_ORIGIN)
    }
    return Promise.resolve({ ok: true, version } as const)
  }
  const seenVersions: unknown[] = []
  const action: FormAction = (_last, fields) => {
    seenVersions.push(fields.get('seenVersion'))
    return Promise.resolve(answers[seenVersions.length - 1] ?? { status: 'done', said: 'Done.' })
  }
  const fields = () => {
    const sent = new FormData()
    sent.set('seenVersion', '3')
    return sent
  }
  const submit = (form: HTMLFormElement | null) =>
    submitAfterSync(action, { status: 'idle' }, { session: { document, flush }, form, fields })
  return { seenVersions, submit }
}

/** The story's own form, bound to the document. */
const shared = { dataset: { fields: 'shared', body: 'shared' } } as unknown as HTMLFormElement

test('the document is flushed first, and the form sends the version of the flush', async () => {
  const { seenVersions, submit } = aTab({ answers: [] })
  expect(await submit(null)).toMatchObject({ status: 'done' })
  expect(seenVersions).toEqual(['4'])
})

test('remote changes that arrive with the flush were not on the screen: the form sends the version before them', async () => {
  const { seenVersions, submit } = aTab({ answers: [stale(4)], remoteEdits: 1 })
  expect(await submit(null)).toEqual(stale(4))
  expect(seenVersions).toEqual(['3'])
  // Now they are on the screen.
  expect(await submit(null)).toMatchObject({ status: 'done' })
  expect(seenVersions).toEqual(['3', '5'])
})

test('a stale result of another form is not retried', async () => {
  const { seenVersions, submit } = aTab({ answers: [stale(7)] })
  expect(await submit(null)).toEqual(stale(7))
  expect(seenVersions).toEqual(['4'])
})

test('a stale result of the story’s own form is retried: the document has merged both', async () => {
  const { seenVersions, submit } = aTab({ answers: [stale(7)], remoteEdits: 1 })
  expect(await submit(shared)).toMatchObject({ status: 'done' })
  expect(seenVersions).toEqual(['4', '5'])
})
