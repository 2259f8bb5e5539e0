import { expect, test } from 'vitest'
import * as Y from 'yjs'
import type { FormAction, FormState } from '@/lib/form-state'
import { afterWriting } from './after-writing'
import { FROM_NEWSROOM } from './courier'

const stale = (version: number): FormState => ({
  status: 'refused',
  refusal: { kind: 'stale', by: 'Rae', version, theirs: {} },
  typed: {},
})

/** A tab in which the story is open as version 3, and what the newsroom is asked by its buttons. */
function aTab({ answers, heard = 0 }: { answers: FormState[]; heard?: number }) {
  const document = new Y.Doc()
  const others = new Y.Doc()
  let version = 3
  /** What others wrote reaches the newsroom before what is said here, so many times. */
  let toHear = heard
  const flush = () => {
    version += 1
    if (toHear > 0) {
      toHear -= 1
      others.getText('kicker').insert(0, 'By the quay ')
      Y.applyUpdate(document, Y.encodeStateAsUpdate(others), FROM_NEWSROOM)
    }
    return Promise.resolve({ ok: true, version } as const)
  }
  const asked: (string | null)[] = []
  const action: FormAction = (_last, fields) => {
    const seen = fields.get('seenVersion')
    asked.push(typeof seen === 'string' ? seen : null)
    return Promise.resolve(answers[asked.length - 1] ?? { status: 'done', said: 'Done.' })
  }
  const fields = () => {
    const sent = new FormData()
    sent.set('seenVersion', '3')
    return sent
  }
  const press = (form: HTMLFormElement | null) =>
    afterWriting(action, { status: 'idle' }, { writing: { document, flush }, form, fields })
  return { asked, press }
}

/** The form of the story itself, whose fields show the document. */
const shared = { dataset: { fields: 'shared', body: 'shared' } } as unknown as HTMLFormElement

test('own words are kept first, and what stands on the screen is meant as the version they made', async () => {
  const { asked, press } = aTab({ answers: [] })
  expect(await press(null)).toMatchObject({ status: 'done' })
  expect(asked).toEqual(['4'])
})

test('what somebody else wrote while the button was pressed was not looked at: the version before it is meant', async () => {
  const { asked, press } = aTab({ answers: [stale(4)], heard: 1 })
  expect(await press(null)).toEqual(stale(4))
  expect(asked).toEqual(['3'])
  // By then it stands on the screen.
  expect(await press(null)).toMatchObject({ status: 'done' })
  expect(asked).toEqual(['3', '5'])
})

test('a refusal to clear what nobody read is not answered by asking again', async () => {
  const { asked, press } = aTab({ answers: [stale(7)] })
  expect(await press(null)).toEqual(stale(7))
  expect(asked).toEqual(['4'])
})

test('saving the words themselves is tried again when somebody typed in that very second: both stay', async () => {
  const { asked, press } = aTab({ answers: [stale(7)], heard: 1 })
  expect(await press(shared)).toMatchObject({ status: 'done' })
  expect(asked).toEqual(['4', '5'])
})
