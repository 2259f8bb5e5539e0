import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { aPerson, valueOf } from '../newsroom.test-support'
import { startStory } from '../story/drafting'
import type { Actor } from '../user/user'
import { LONGEST_PRESENCE, tellAlong, tellGone, tellPresence } from './attending'
import { writtenCaret } from './caret'
import { listenToStory } from './listening'
import type { PresenceNotice } from './presence'

const tab = 'a-tab-of-tests'

async function aStory(owner: Actor): Promise<number> {
  return valueOf(await startStory(owner, { headline: 'Gulls vote again', sectionId: '' })).id
}

/** The line on which everybody hears is open for as long as somebody is on it. */
let hangUp = () => {}
beforeAll(async () => {
  await new Promise<void>((hears) => (hangUp = listenToStory(0, () => hears())))
})
afterAll(() => hangUp())

/** Whoever hears a story, and what was said of people there since. */
function anEar(storyId: number) {
  const heard: PresenceNotice[] = []
  const deafen = listenToStory(storyId, (told) => {
    if (told.kind === 'presence') heard.push(told.presence)
  })
  const hear = async (count: number) => {
    while (heard.length < count) await pause(10)
    return heard
  }
  return { hear, deafen }
}

function aCaret(): string {
  const place = new Y.RelativePosition(null, null, Y.createID(7, 3), -1)
  return writtenCaret({ anchor: place, head: place })
}

test('where somebody is, their caret and whose it is are told to whoever has the story open, and to nobody else', async () => {
  const ann = await aPerson('reporter', 'Ann')
  const [storyId, other] = [await aStory(ann), await aStory(ann)]
  const [ear, elsewhere] = [anEar(storyId), anEar(other)]
  const caret = aCaret()
  expect(await tellPresence(ann, storyId, { tab, field: 'body', caret })).toBe('told')
  await tellAlong(ann, storyId, JSON.stringify({ tab, field: 'kicker', caret: null }))
  await tellGone(ann, storyId, tab)
  const who = { tab, person: ann.id, name: 'Ann' }
  expect(await ear.hear(3)).toEqual([
    { ...who, field: 'body', caret, gone: false },
    { ...who, field: 'kicker', caret: null, gone: false },
    { ...who, field: null, caret: null, gone: true },
  ])
  expect(await tellPresence(ann, other, { tab, field: null })).toBe('told')
  expect(await elsewhere.hear(1)).toHaveLength(1)
  ear.deafen()
  elsewhere.deafen()
})

test('whoever may not write in a story tells nothing there', async () => {
  const [ann, otto] = [await aPerson('reporter', 'Ann'), await aPerson('reporter', 'Otto')]
  const storyId = await aStory(ann)
  expect(await tellPresence(otto, storyId, { tab, field: 'body' })).toBe('not-there')
  expect(await tellPresence(otto, 0, { tab, field: 'body' })).toBe('not-there')
})

test('what is no place in a body, or no tab, is told to nobody', async () => {
  const ann = await aPerson('reporter', 'Ann')
  const storyId = await aStory(ann)
  const ear = anEar(storyId)
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
  for (const sent of hostile) expect(await tellPresence(ann, storyId, sent)).toBe('unreadable')
  for (const sent of ['{', JSON.stringify(hostile[4]), ' '.repeat(LONGEST_PRESENCE + 1)])
    await tellAlong(ann, storyId, sent)
  await tellGone(ann, storyId, tab)
  expect(await ear.hear(1)).toMatchObject([{ gone: true }])
  ear.deafen()
})

test('the longest name does not keep the others from hearing', async () => {
  const person = await aPerson('reporter')
  const storyId = await aStory(person)
  const ear = anEar(storyId)
  const actor = { ...person, name: '\u{1F6A2}\u0007'.repeat(5000) }
  expect(await tellPresence(actor, storyId, { tab, field: 'body', caret: aCaret() })).toBe('told')
  const [heard] = await ear.hear(1)
  expect([...(heard?.name ?? '')]).toHaveLength(100)
  ear.deafen()
})

test('whoever says too often where they are is told how long to wait; others are not, and words go on', async () => {
  const [ann, otto] = [await aPerson('reporter', 'Ann'), await aPerson('editor', 'Otto')]
  const storyId = await aStory(ann)
  const answers = await Promise.all(
    Array.from({ length: 80 }, () => tellPresence(ann, storyId, { tab, field: 'headline' })),
  )
  expect(answers.filter((answer) => answer === 'told').length).toBeGreaterThanOrEqual(40)
  expect(answers).toContainEqual({ retryAfterSeconds: 1 })
  expect(await tellPresence(otto, storyId, { tab, field: 'headline' })).toBe('told')
  await expect(tellAlong(ann, storyId, JSON.stringify({ tab, field: 'headline' }))).resolves.toBe(undefined)
})
