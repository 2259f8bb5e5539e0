import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { StoryEventStream } from './event-stream'

class FakeEventSource extends EventTarget {
  isOpen = true
  close() {
    this.isOpen = false
  }
  emit(event: string, payload: unknown) {
    this.dispatchEvent(new MessageEvent(event, { data: JSON.stringify(payload) }))
  }
}

const aPage = () => Object.assign(new EventTarget(), { visibilityState: 'visible' })
let page = aPage()
let sources: FakeEventSource[] = []
const calls: string[] = []

beforeEach(() => {
  vi.useFakeTimers()
  page = aPage()
  sources = []
  calls.length = 0
  vi.stubGlobal('document', page)
  vi.stubGlobal('window', page)
  vi.stubGlobal('EventSource', function open() {
    const source = new FakeEventSource()
    sources.push(source)
    return source
  })
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const aStream = () =>
  new StoryEventStream('/stream', {
    onOpen: () => calls.push('open'),
    onLost: () => calls.push('lost'),
    onUpdate: () => calls.push('update'),
    onPresence: () => calls.push('presence'),
    onOrphanedText: () => calls.push('orphaned'),
    onRestored: () => calls.push('restored'),
    onHistory: () => calls.push('history'),
    onMissed: () => calls.push('sync'),
  })

const seconds = (count: number) => vi.advanceTimersByTimeAsync(count * 1000)
const setVisibility = (visibilityState: string) => {
  page.visibilityState = visibilityState
  page.dispatchEvent(new Event('visibilitychange'))
}

test('an evicted tab polls, and reconnects when it gets the focus', async () => {
  const stream = aStream()
  sources[0]?.emit('full', { again: null })
  expect([sources[0]?.isOpen, stream.isPolling, calls]).toEqual([false, true, ['lost']])
  await seconds(35)
  expect([sources.length, calls]).toEqual([1, ['lost', 'sync', 'sync', 'sync']])
  page.dispatchEvent(new Event('focus'))
  expect(sources).toHaveLength(2)
  sources[1]?.dispatchEvent(new Event('open'))
  expect(stream.isPolling).toBe(false)
  await seconds(60)
  expect(calls.slice(4)).toEqual(['open'])
})

test('where the server is full, the tab reconnects after the time in its event', async () => {
  aStream()
  sources[0]?.emit('full', { again: 20 })
  await seconds(25)
  expect([sources.length, calls]).toEqual([1, ['lost', 'sync', 'sync']])
  await seconds(10)
  expect(sources).toHaveLength(2)
})

test('a hidden tab does not poll, and one opened in the background connects when it is shown', async () => {
  aStream()
  sources[0]?.emit('full', { again: null })
  setVisibility('hidden')
  await seconds(60)
  expect(calls.filter((one) => one === 'sync')).toEqual([])
  aStream()
  expect(sources).toHaveLength(1)
  setVisibility('visible')
  expect(sources).toHaveLength(3)
})

test('after a missed event the tab syncs, and history may have changed', () => {
  aStream()
  sources[0]?.emit('told', {})
  sources[0]?.emit('missed', {})
  expect(calls).toEqual(['history', 'sync', 'history'])
})

test('a lost stream is opened again, and presence is cleared meanwhile', async () => {
  aStream()
  sources[0]?.dispatchEvent(new Event('error'))
  expect(calls).toEqual(['lost'])
  await seconds(2)
  expect(sources).toHaveLength(2)
})
