import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import * as Y from 'yjs'
import { aPerson, valueOf } from '../../newsroom.test-support'
import { startStory } from '../../story/drafting'
import { MAX_PRESENCE_LENGTH, broadcastPresenceHeader, broadcastLeave, broadcastPresence } from './broadcasting'
import { encodeCaret } from './caret'
import { subscribeToStory } from '../notifications'
import type { PresenceUpdate } from './presence'

const tab = 'a-tab-of-tests'

/** A reporter with a story, and the presence that its editors receive. */
async function aStory() {
  const reporter = await aPerson('reporter', 'Ann')
  const storyId = valueOf(await startStory(reporter, { headline: 'Gulls vote again', sectionId: '' })).id
  const received: PresenceUpdate[] = []
  const unsubscribe = subscribeToStory(storyId, (notification) => {
    if (notification.kind === 'presence') received.push(notification.presence)
  })
  onTestFinished(unsubscribe)
  const waitFor = async (count: number) => {
    while (received.length < count) await pause(10)
    return received
  }
  return { reporter, storyId, waitFor }
}

/** Keeps the shared subscription open. */
let unsubscribe = () => {}
beforeAll(async () => {
  await new Promise<void>((connected) => (unsubscribe = subscribeToStory(0, () => connected())))
})
afterAll(() => unsubscribe())

function anEncodedCaret(): string {
  const position = new Y.RelativePosition(null, null, Y.createID(7, 3), -1)
  return encodeCaret({ anchor: position, head: position })
}

test('field, caret and person are sent to the editors of the story, and to nobody else', async () => {
  const [{ reporter: ann, storyId, waitFor }, other] = [await aStory(), await aStory()]
  const caret = anEncodedCaret()
  expect(await broadcastPresence(ann, storyId, { tab, field: 'body', caret })).toBe('sent')
  await broadcastPresenceHeader(ann, storyId, JSON.stringify({ tab, field: 'kicker', caret: null }))
  await broadcastLeave(ann, storyId, tab)
  const who = { tab, person: ann.id, name: 'Ann' }
  expect(await waitFor(3)).toEqual([
    { ...who, field: 'body', caret, gone: false },
    { ...who, field: 'kicker', caret: null, gone: false },
    { ...who, field: null, caret: null, gone: true },
  ])
  expect(await broadcastPresence(other.reporter, other.storyId, { tab, field: null })).toBe('sent')
  expect(await other.waitFor(1)).toHaveLength(1)
})

test('presence in a story that is not theirs to edit is refused', async () => {
  const otto = await aPerson('reporter', 'Otto')
  const { storyId } = await aStory()
  expect(await broadcastPresence(otto, storyId, { tab, field: 'body' })).toBe('not-found')
  expect(await broadcastPresence(otto, 0, { tab, field: 'body' })).toBe('not-found')
})

test('an invalid caret or tab is not sent', async () => {
  const { reporter: ann, storyId, waitFor } = await aStory()
  const hostile = [
    null,
    'here',
    { tab: 'x', field: 'body' },
    { tab: '<script>alert(1)</script>', field: 'body' },
    { tab, field: 'body', caret: 'nonsense' },
    { tab, field: 'body', caret: 'A'.repeat(9000) },
    { tab, field: 'body', caret: 5 },
    { tab, field: 'body', caret: { anchor: 1, head: 2 } },
  ]
  for (const sent of hostile) expect(await broadcastPresence(ann, storyId, sent)).toBe('invalid')
  for (const sent of ['{', JSON.stringify(hostile[4]), ' '.repeat(MAX_PRESENCE_LENGTH + 1)])
    await broadcastPresenceHeader(ann, storyId, sent)
  await broadcastLeave(ann, storyId, tab)
  expect(await waitFor(1)).toMatchObject([{ gone: true }])
})

test('the longest name is truncated', async () => {
  const { reporter, storyId, waitFor } = await aStory()
  const actor = { ...reporter, name: '\u{1F6A2}\u0007'.repeat(5000) }
  expect(await broadcastPresence(actor, storyId, { tab, field: 'body', caret: anEncodedCaret() })).toBe('sent')
  const [received] = await waitFor(1)
  expect([...(received?.name ?? '')]).toHaveLength(100)
})

test('a person over the rate limit receives the time to wait; others are not limited, and sync requests go on', async () => {
  const otto = await aPerson('editor', 'Otto')
  const { reporter: ann, storyId } = await aStory()
  const answers = await Promise.all(
    Array.from({ length: 80 }, () => broadcastPresence(ann, storyId, { tab, field: 'headline' })),
  )
  expect(answers.filter((answer) => answer === 'sent').length).toBeGreaterThanOrEqual(40)
  expect(answers).toContainEqual({ retryAfterSeconds: 1 })
  expect(await broadcastPresence(otto, storyId, { tab, field: 'headline' })).toBe('sent')
  await expect(broadcastPresenceHeader(ann, storyId, JSON.stringify({ tab, field: 'headline' }))).resolves.toBe(
    undefined,
  )
})
