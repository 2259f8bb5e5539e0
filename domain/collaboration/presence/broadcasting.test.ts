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

/** The line on which everybody hears is open for as long as somebody is on it. */
let unsubscribe = () => {}
beforeAll(async () => {
  await new Promise<void>((connected) => (unsubscribe = subscribeToStory(0, () => connected())))
})
afterAll(() => unsubscribe())

/** Whoever hears a story, and what was said of people there since. */
function aSubscriber(storyId: number) {
  const received: PresenceUpdate[] = []
  const unsubscribe = subscribeToStory(storyId, (notification) => {
    if (notification.kind === 'presence') received.push(notification.presence)
  })
  const waitFor = async (count: number) => {
    while (received.length < count) await pause(10)
    return received
  }
  return { hear: waitFor, deafen: unsubscribe }
}

function anEncodedCaret(): string {
  const place = new Y.RelativePosition(null, null, Y.createID(7, 3), -1)
  return encodeCaret({ anchor: place, head: place })
}

test('where somebody is, their caret and whose it is are told to whoever has the story open, and to nobody else', async () => {
  const ann = await aPerson('reporter', 'Ann')
  const [storyId, other] = [await aStory(ann), await aStory(ann)]
  const [subscriber, elsewhere] = [aSubscriber(storyId), aSubscriber(other)]
  const caret = anEncodedCaret()
  expect(await broadcastPresence(ann, storyId, { tab, field: 'body', caret })).toBe('told')
  await broadcastPresenceHeader(ann, storyId, JSON.stringify({ tab, field: 'kicker', caret: null }))
  await broadcastLeave(ann, storyId, tab)
  const who = { tab, person: ann.id, name: 'Ann' }
  expect(await subscriber.hear(3)).toEqual([
    { ...who, field: 'body', caret, gone: false },
    { ...who, field: 'kicker', caret: null, gone: false },
    { ...who, field: null, caret: null, gone: true },
  ])
  expect(await broadcastPresence(ann, other, { tab, field: null })).toBe('told')
  expect(await elsewhere.hear(1)).toHaveLength(1)
  subscriber.deafen()
  elsewhere.deafen()
})

test('whoever may not write in a story tells nothing there', async () => {
  const [ann, otto] = [await aPerson('reporter', 'Ann'), await aPerson('reporter', 'Otto')]
  const storyId = await aStory(ann)
  expect(await broadcastPresence(otto, storyId, { tab, field: 'body' })).toBe('not-there')
  expect(await broadcastPresence(otto, 0, { tab, field: 'body' })).toBe('not-there')
})

test('what is no place in a body, or no tab, is told to nobody', async () => {
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
  for (const sent of hostile) expect(await broadcastPresence(ann, storyId, sent)).toBe('unreadable')
  for (const sent of ['{', JSON.stringify(hostile[4]), ' '.repeat(MAX_PRESENCE_LENGTH + 1)])
    await broadcastPresenceHeader(ann, storyId, sent)
  await broadcastLeave(ann, storyId, tab)
  expect(await subscriber.hear(1)).toMatchObject([{ gone: true }])
  subscriber.deafen()
})

test('the longest name does not keep the others from hearing', async () => {
  const person = await aPerson('reporter')
  const storyId = await aStory(person)
  const subscriber = aSubscriber(storyId)
  const actor = { ...person, name: '\u{1F6A2}\u0007'.repeat(5000) }
  expect(await broadcastPresence(actor, storyId, { tab, field: 'body', caret: anEncodedCaret() })).toBe('told')
  const [received] = await subscriber.hear(1)
  expect([...(received?.name ?? '')]).toHaveLength(100)
  subscriber.deafen()
})

test('whoever says too often where they are is told how long to wait; others are not, and words go on', async () => {
  const [ann, otto] = [await aPerson('reporter', 'Ann'), await aPerson('editor', 'Otto')]
  const storyId = await aStory(ann)
  const answers = await Promise.all(
    Array.from({ length: 80 }, () => broadcastPresence(ann, storyId, { tab, field: 'headline' })),
  )
  expect(answers.filter((answer) => answer === 'told').length).toBeGreaterThanOrEqual(40)
  expect(answers).toContainEqual({ retryAfterSeconds: 1 })
  expect(await broadcastPresence(otto, storyId, { tab, field: 'headline' })).toBe('told')
  await expect(broadcastPresenceHeader(ann, storyId, JSON.stringify({ tab, field: 'headline' }))).resolves.toBe(
    undefined,
  )
})
