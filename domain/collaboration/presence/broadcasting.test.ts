import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { aPerson, valueOf } from '../../newsroom.test-support'
import { startStory } from '../../story/drafting'
import type { Actor } from '../../user/user'
import { MAX_PRESENCE_LENGTH, broadcastPresenceHeader, broadcastLeave, broadcastPresence } from './broadcasting'
import { encodeCaret } from './caret'
import { subscribeToStory } from '../notifications'
import type { PresenceUpdate } from './presence'

const tab = 'a-tab-of-tests'

async function aStory(owner: Actor): Promise<number> {
  return valueOf(await startStory(owner, { headline: 'Gulls vote again', sectionId: '' })).id
}

/** Keeps the shared subscription open. */
let unsubscribe = () => {}
beforeAll(async () => {
  await new Promise<void>((connected) => (unsubscribe = subscribeToStory(0, () => connected())))
})
afterAll(() => unsubscribe())

/** A subscriber of a story, and the presence that it received. */
function aSubscriber(storyId: number) {
  const received: PresenceUpdate[] = []
  const unsubscribe = subscribeToStory(storyId, (notification) => {
    if (notification.kind === 'presence') received.push(notification.presence)
  })
  const waitFor = async (count: number) => {
    while (received.length < count) await pause(10)
    return received
  }
  return { waitFor, unsubscribe }
}

function anEncodedCaret(): string {
  const position = new Y.RelativePosition(null, null, Y.createID(7, 3), -1)
  return encodeCaret({ anchor: position, head: position })
}

test('field, caret and person are sent to the editors of the story, and to nobody else', async () => {
  const ann = await aPerson('reporter', 'Ann')
  const [storyId, other] = [await aStory(ann), await aStory(ann)]
  const [subscriber, elsewhere] = [aSubscriber(storyId), aSubscriber(other)]
  const caret = anEncodedCaret()
  expect(await broadcastPresence(ann, storyId, { tab, field: 'body', caret })).toBe('sent')
  await broadcastPresenceHeader(ann, storyId, JSON.stringify({ tab, field: 'kicker', caret: null }))
  await broadcastLeave(ann, storyId, tab)
  const who = { tab, person: ann.id, name: 'Ann' }
  expect(await subscriber.waitFor(3)).toEqual([
    { ...who, field: 'body', caret, gone: false },
    { ...who, field: 'kicker', caret: null, gone: false },
    { ...who, field: null, caret: null, gone: true },
  ])
  expect(await broadcastPresence(ann, other, { tab, field: null })).toBe('sent')
  expect(await elsewhere.waitFor(1)).toHaveLength(1)
  subscriber.unsubscribe()
  elsewhere.unsubscribe()
})

test('presence in a story that is not theirs to edit is refused', async () => {
  const [ann, otto] = [await aPerson('reporter', 'Ann'), await aPerson('reporter', 'Otto')]
  const storyId = await aStory(ann)
  expect(await broadcastPresence(otto, storyId, { tab, field: 'body' })).toBe('not-found')
  expect(await broadcastPresence(otto, 0, { tab, field: 'body' })).toBe('not-found')
})

test('an invalid caret or tab is not sent', async () => {
  const ann = await aPerson('reporter', 'Ann')
  const storyId = await aStory(ann)
  const subscriber = aSubscriber(storyId)
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
  expect(await subscriber.waitFor(1)).toMatchObject([{ gone: true }])
  subscriber.unsubscribe()
})

test('the longest name is truncated', async () => {
  const person = await aPerson('reporter')
  const storyId = await aStory(person)
  const subscriber = aSubscriber(storyId)
  const actor = { ...person, name: '\u{1F6A2}\u0007'.repeat(5000) }
  expect(await broadcastPresence(actor, storyId, { tab, field: 'body', caret: anEncodedCaret() })).toBe('sent')
  const [received] = await subscriber.waitFor(1)
  expect([...(received?.name ?? '')]).toHaveLength(100)
  subscriber.unsubscribe()
})

test('a person over the rate limit is told how long to wait; others are not limited, and sync requests go on', async () => {
  const [ann, otto] = [await aPerson('reporter', 'Ann'), await aPerson('editor', 'Otto')]
  const storyId = await aStory(ann)
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
