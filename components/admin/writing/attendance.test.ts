import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { PresenceNotice } from '@/domain/writing/presence'
import { Attendance } from './attendance'

type Sent = { tab: string; field: string | null; caret: string | null; gone: boolean }

const aPage = () => Object.assign(new EventTarget(), { visibilityState: 'visible' })
let page = aPage()
let sent: Sent[] = []
let answers: () => Response = () => Response.json({})

beforeEach(() => {
  vi.useFakeTimers()
  sent = []
  answers = () => Response.json({})
  page = aPage()
  vi.stubGlobal('document', page)
  vi.stubGlobal('fetch', async (_address: string, { body }: { body: string }) => {
    sent.push(JSON.parse(body) as Sent)
    return answers()
  })
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const otto: PresenceNotice = {
  tab: 'ottos-tab',
  person: 2,
  name: 'Otto Quibble',
  field: null,
  caret: null,
  gone: false,
}

/** Ann's tab, in the body; `at` is where her caret stands, `words` whether some are on their way. */
function annsTab() {
  const state = { at: 'one', words: false, crowded: false }
  const attendance = new Attendance({
    tab: 'anns-tab',
    userId: 1,
    address: '/presence',
    onNews: () => undefined,
    isCarried: () => state.words,
    isCrowded: () => state.crowded,
  })
  attendance.follow(() => state.at)
  attendance.enter('body')
  const moveTo = (at: string) => {
    state.at = at
    attendance.moved()
  }
  return { attendance, state, moveTo }
}

/** Less than a beat, longer than anything is held back. */
const soon = () => vi.advanceTimersByTimeAsync(1000)
const beats = (count: number) => vi.advanceTimersByTimeAsync(count * 10_000)

test('nobody is told anything while nobody else is there; whoever comes is told once', async () => {
  const { attendance, moveTo } = annsTab()
  for (const at of ['two', 'three']) {
    moveTo(at)
    await soon()
  }
  expect([sent, attendance.along()]).toEqual([[], null])
  attendance.heard(otto)
  await soon()
  expect(sent).toEqual([{ tab: 'anns-tab', field: 'body', caret: 'three', gone: false }])
})

test('whoever hears that they are gone says that they are not', async () => {
  const { attendance } = annsTab()
  attendance.heard(otto)
  await soon()
  attendance.heard({ ...otto, tab: 'anns-tab', person: 1 })
  await soon()
  expect(sent.length).toBe(1)
  attendance.heard({ ...otto, tab: 'anns-tab', person: 1, gone: true })
  await soon()
  expect(sent.length).toBe(2)
  expect(sent[1]?.gone).toBe(false)
})

test('a hundred keys in a moment are told once, and what moved nothing is not told', async () => {
  const { attendance, moveTo } = annsTab()
  attendance.heard(otto)
  await soon()
  for (let key = 0; key < 100; key += 1) moveTo(`place ${key}`)
  await soon()
  moveTo('place 99')
  await soon()
  expect(sent.map(({ caret }) => caret)).toEqual(['one', 'place 99'])
})

test('a caret that moves with words goes along with them, and not by itself', async () => {
  const { attendance, state, moveTo } = annsTab()
  attendance.heard(otto)
  await soon()
  state.words = true
  moveTo('two')
  await soon()
  expect(JSON.parse(attendance.along() ?? '')).toEqual({ tab: 'anns-tab', field: 'body', caret: 'two' })
  state.words = false
  await soon()
  expect(sent).toHaveLength(1)
})

test('a caret is not told of a hidden tab, in another field, or after a minute without moving', async () => {
  const { attendance, moveTo } = annsTab()
  attendance.heard(otto)
  await soon()
  const last = () => sent.at(-1)?.caret
  page.visibilityState = 'hidden'
  page.dispatchEvent(new Event('visibilitychange'))
  await soon()
  expect([sent.length, last()]).toEqual([2, null])
  page.visibilityState = 'visible'
  page.dispatchEvent(new Event('visibilitychange'))
  await soon()
  expect([sent.length, last()]).toEqual([3, 'one'])
  attendance.enter('kicker')
  await soon()
  expect(sent.at(-1)).toMatchObject({ field: 'kicker', caret: null })
  attendance.enter('body')
  await beats(5)
  expect(last()).toBe('one')
  await beats(2)
  expect(last()).toBe(null)
  attendance.heard(otto)
  moveTo('two')
  await soon()
  expect(last()).toBe('two')
})

test('a tab that is asked to wait says nothing until then', async () => {
  const { attendance, moveTo } = annsTab()
  answers = () => new Response(null, { status: 429, headers: { 'retry-after': '8' } })
  attendance.heard(otto)
  await soon()
  answers = () => Response.json({})
  for (let second = 0; second < 7; second += 1) {
    moveTo(`place ${second}`)
    await soon()
  }
  expect(sent).toHaveLength(1)
  await beats(1)
  expect(sent.at(-1)?.caret).toBe('place 6')
})

test('others are shown where they are until they go, fall silent, or nothing is heard any more', async () => {
  const { attendance } = annsTab()
  let drawn = 0
  attendance.watch(() => (drawn += 1))
  const where = () => [attendance.present().map(({ name }) => name), attendance.theirs().map(({ place }) => place)]
  attendance.heard({ ...otto, field: 'body', caret: 'here' })
  expect(where()).toEqual([['Otto Quibble'], ['here']])
  attendance.heard({ ...otto, field: 'body', caret: 'here' })
  expect(drawn).toBe(1)
  attendance.heard({ ...otto, field: 'kicker', caret: 'here' })
  expect(where()).toEqual([['Otto Quibble'], []])
  attendance.heard({ ...otto, gone: true })
  expect(where()).toEqual([[], []])
  attendance.heard({ ...otto, field: 'body', caret: 'here' })
  await beats(5)
  expect(where()).toEqual([[], []])
  attendance.heard({ ...otto, field: 'body', caret: 'here' })
  attendance.deaf()
  expect(where()).toEqual([[], []])
})

test('one’s own tab is nobody else, another person’s of the same name is, and a crowd of tabs is cut short', () => {
  const { attendance } = annsTab()
  attendance.heard({ ...otto, tab: 'anns-tab', person: 1 })
  expect(attendance.present()).toEqual([])
  attendance.heard({ ...otto, tab: 'anns-tab' })
  expect(attendance.present()).toHaveLength(1)
  for (let tab = 0; tab < 500; tab += 1) attendance.heard({ ...otto, tab: `tab-number-${tab}` })
  expect(attendance.present()).toHaveLength(60)
})

test('a server of before there were carets is understood', () => {
  const { attendance } = annsTab()
  attendance.heard({ tab: 'anns-tab', name: 'Ann', field: 'body', gone: false } as PresenceNotice)
  attendance.heard({ tab: 'ottos-tab', name: 'Otto', field: 'body', gone: false } as PresenceNotice)
  expect(attendance.present().map(({ name }) => name)).toEqual(['Otto'])
  expect(attendance.theirs()).toEqual([])
})
