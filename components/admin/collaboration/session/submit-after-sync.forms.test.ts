import { expect, test } from 'vitest'
import * as Y from 'yjs'
import type { FormAction, FormState } from '@/lib/form-state'
import { submitAfterSync } from './submit-after-sync'
import { REMOTE_ORIGIN } from '../sync/sync-client'

const stale = (version: number): FormState => ({
  status: 'refused',
  refusal: { kind: 'stale', by: 'Rae', version, theirs: {} },
  typed: {},
})

/** A tab in which the story is open as version 3, and what the newsroom is asked by its buttons. */
function aTab({ answers, remoteEdits = 0 }: { answers: FormState[]; remoteEdits?: number }) {
  const document = new Y.Doc()
  const others = new Y.Doc()
  let version = 3
  /** What others wrote reaches the newsroom before what is said here, so many times. */
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
  const seenVersions: (string | null)[] = []
  const action: FormAction = (_last, fields) => {
    const seen = fields.get('seenVersion')
    seenVersions.push(typeof seen === 'string' ? seen : null)
    return Promise.resolve(answers[seenVersions.length - 1] ?? { status: 'done', said: 'Done.' })
  }
  const fields = () => {
    const sent = new FormData()
    sent.set('seenVersion', '3')
    return sent
  }
  const submit = (form: HTMLFormElement | null) =>
    submitAfterSync(action, { status: 'idle' }, { session: { document, flush }, form, fields })
  return { asked: seenVersions, press: submit }
}

/** The form of the story itself, whose fields show the document. */
const shared = { dataset: { fields: 'shared', body: 'shared' } } as unknown as HTMLFormElement

test('own words are kept first, and what stands on the screen is meant as the version they made', async () => {
  const { asked: seenVersions, press: submit } = aTab({ answers: [] })
  expect(await submit(null)).toMatchObject({ status: 'done' })
  expect(seenVersions).toEqual(['4'])
})

test('what somebody else wrote while the button was pressed was not looked at: the version before it is meant', async () => {
  const { asked: seenVersions, press: submit } = aTab({ answers: [stale(4)], remoteEdits: 1 })
  expect(await submit(null)).toEqual(stale(4))
  expect(seenVersions).toEqual(['3'])
  // By then it stands on the screen.
  expect(await submit(null)).toMatchObject({ status: 'done' })
  expect(seenVersions).toEqual(['3', '5'])
})

test('a refusal to clear what nobody read is not answered by asking again', async () => {
  const { asked: seenVersions, press: submit } = aTab({ answers: [stale(7)] })
  expect(await submit(null)).toEqual(stale(7))
  expect(seenVersions).toEqual(['4'])
})

test('saving the words themselves is tried again when somebody typed in that very second: both stay', async () => {
  const { asked: seenVersions, press: submit } = aTab({ answers: [stale(7)], remoteEdits: 1 })
  expect(await submit(shared)).toMatchObject({ status: 'done' })
  expect(seenVersions).toEqual(['4', '5'])
})
