import { afterEach, expect, test, vi } from 'vitest'
import type { PresenceUpdate } from '@/domain/collaboration/presence/presence'
import { Awareness } from './awareness'

type Sent = { tab: string; field: string | null; caret: string | null; gone: boolean }

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const [tab, name] = ['ottos-tab', 'Otto Quibble']
const otto: PresenceUpdate = { tab, person: 2, name, field: null, caret: null, gone: false }

/** Ann's tab, in the body; `at` is her caret, `syncPending` whether a sync request is pending. */
function aTab() {
  vi.useFakeTimers()
  const state = { at: 'one', syncPending: false, answer: () => Response.json({}) }
  const sent: Sent[] = []
  const page = Object.assign(new EventTarget(), { visibilityState: 'visible' })
  vi.stubGlobal('document', page)
  vi.stubGlobal('fetch', async (_address: string, { body }: { body: string }) => {
    sent.push(JSON.parse(body) as Sent)
    return state.answer()
  })
  const awareness = new Awareness({
    tab: 'anns-tab',
    userId: 1,
    address: '/presence',
    onChange: () => undefined,
    isSyncPending: () => state.syncPending,
    isPolling: () => false,
  })
  awareness.trackLocal(() => state.at)
  awareness.setField('body')
  const moveTo = (at: string) => {
    state.at = at
    awareness.localMoved()
  }
  const setVisibility = (visibilityState: string) => {
    page.visibilityState = visibilityState
    page.dispatchEvent(new Event('visibilitychange'))
  }
  return { awareness, state, sent, moveTo, setVisibility }
}

/** The same with Otto in another tab, which has received her state. */
async function aTabWithOtto() {
  const tab = aTab()
  tab.awareness.receive(otto)
  await soon()
  return tab
}

/** Shorter than a heartbeat, longer than the send interval. */
const soon = () => vi.advanceTimersByTimeAsync(1000)
const heartbeats = (count: number) => vi.advanceTimersByTimeAsync(count * 10_000)

test('nothing is sent without peers; the state is sent once when the first peer appears', async () => {
  const { awareness, sent, moveTo } = aTab()
  for (const at of ['two', 'three']) {
    moveTo(at)
    await soon()
  }
  expect([sent, awareness.headerValue()]).toEqual([[], null])
  awareness.receive(otto)
  await soon()
  expect(sent).toEqual([{ tab: 'anns-tab', field: 'body', caret: 'three', gone: false }])
})

test('a tab that is reported gone sends its state again', async () => {
  const { awareness, sent } = await aTabWithOtto()
  awareness.receive({ ...otto, tab: 'anns-tab', person: 1 })
  await soon()
  expect(sent.length).toBe(1)
  awareness.receive({ ...otto, tab: 'anns-tab', person: 1, gone: true })
  await soon()
  expect(sent.length).toBe(2)
  expect(sent[1]?.gone).toBe(false)
})

test('a hundred keys in a moment send one update, and a key that moves nothing sends none', async () => {
  const { sent, moveTo } = await aTabWithOtto()
  for (let key = 0; key < 100; key += 1) moveTo(`place ${key}`)
  await soon()
  moveTo('place 99')
  await soon()
  expect(sent.map(({ caret }) => caret)).toEqual(['one', 'place 99'])
})

test('while a sync request is pending the caret goes with it, not in a request of its own', async () => {
  const { awareness, state, sent, moveTo } = await aTabWithOtto()
  state.syncPending = true
  moveTo('two')
  await soon()
  expect(JSON.parse(awareness.headerValue() ?? '')).toEqual({ tab: 'anns-tab', field: 'body', caret: 'two' })
  state.syncPending = false
  await soon()
  expect(sent).toHaveLength(1)
})

test('no caret is sent for a hidden tab, another field, or after a minute without moving', async () => {
  const { awareness, sent, moveTo, setVisibility } = await aTabWithOtto()
  const last = () => sent.at(-1)?.caret
  setVisibility('hidden')
  await soon()
  expect([sent.length, last()]).toEqual([2, null])
  setVisibility('visible')
  await soon()
  expect([sent.length, last()]).toEqual([3, 'one'])
  awareness.setField('kicker')
  await soon()
  expect(sent.at(-1)).toMatchObject({ field: 'kicker', caret: null })
  awareness.setField('body')
  await heartbeats(5)
  expect(last()).toBe('one')
  await heartbeats(2)
  expect(last()).toBe(null)
  awareness.receive(otto)
  moveTo('two')
  await soon()
  expect(last()).toBe('two')
})

test('after a 429 response nothing is sent until `retry-after` has passed', async () => {
  const { awareness, state, sent, moveTo } = aTab()
  state.answer = () => new Response(null, { status: 429, headers: { 'retry-after': '8' } })
  awareness.receive(otto)
  await soon()
  state.answer = () => Response.json({})
  for (let second = 0; second < 7; second += 1) {
    moveTo(`place ${second}`)
    await soon()
  }
  expect(sent).toHaveLength(1)
  await heartbeats(1)
  expect(sent.at(-1)?.caret).toBe('place 6')
})

test('others are shown until they leave, time out, or the event stream is lost', async () => {
  const { awareness } = aTab()
  let drawn = 0
  awareness.subscribe(() => (drawn += 1))
  const where = () => [
    awareness.presences().map(({ name }) => name),
    awareness.remoteCarets().map(({ position }) => position),
  ]
  awareness.receive({ ...otto, field: 'body', caret: 'here' })
  expect(where()).toEqual([['Otto Quibble'], ['here']])
  awareness.receive({ ...otto, field: 'body', caret: 'here' })
  expect(drawn).toBe(1)
  awareness.receive({ ...otto, field: 'kicker', caret: 'here' })
  expect(where()).toEqual([['Otto Quibble'], []])
  awareness.receive({ ...otto, gone: true })
  expect(where()).toEqual([[], []])
  awareness.receive({ ...otto, field: 'body', caret: 'here' })
  await heartbeats(5)
  expect(where()).toEqual([[], []])
  awareness.receive({ ...otto, field: 'body', caret: 'here' })
  awareness.clearPeers()
  expect(where()).toEqual([[], []])
})

test('the own tab is not a peer, another person’s tab of the same name is, and peers are bounded', () => {
  const { awareness } = aTab()
  awareness.receive({ ...otto, tab: 'anns-tab', person: 1 })
  expect(awareness.presences()).toEqual([])
  awareness.receive({ ...otto, tab: 'anns-tab' })
  expect(awareness.presences()).toHaveLength(1)
  for (let tab = 0; tab < 500; tab += 1) awareness.receive({ ...otto, tab: `tab-number-${tab}` })
  expect(awareness.presences()).toHaveLength(60)
})

test('updates of servers from before there were carets are understood', () => {
  const { awareness } = aTab()
  awareness.receive({ tab: 'anns-tab', name: 'Ann', field: 'body', gone: false } as PresenceUpdate)
  awareness.receive({ tab: 'ottos-tab', name: 'Otto', field: 'body', gone: false } as PresenceUpdate)
  expect(awareness.presences().map(({ name }) => name)).toEqual(['Otto'])
  expect(awareness.remoteCarets()).toEqual([])
})
