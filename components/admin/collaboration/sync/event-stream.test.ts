import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { StoryEventStream } from './event-stream'

/** A line as the browser keeps it, with what the newsroom says on it. */
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
    onUpdate: () => calls.push('words'),
    onPresence: () => calls.push('presence'),
    onOrphanedText: () => calls.push('stranded'),
    onRestored: () => calls.push('put back'),
    onHistory: () => calls.push('told'),
    onMissed: () => calls.push('asks'),
  })

const seconds = (count: number) => vi.advanceTimersByTimeAsync(count * 1000)
const setVisibility = (visibilityState: string) => {
  page.visibilityState = visibilityState
  page.dispatchEvent(new Event('visibilitychange'))
}

test('a tab whose line gave way to a younger one asks now and then, and opens one again when somebody comes to it', async () => {
  const stream = aStream()
  sources[0]?.emit('full', { again: null })
  expect([sources[0]?.isOpen, stream.isPolling, calls]).toEqual([false, true, ['lost']])
  await seconds(35)
  expect([sources.length, calls]).toEqual([1, ['lost', 'asks', 'asks', 'asks']])
  page.dispatchEvent(new Event('focus'))
  expect(sources).toHaveLength(2)
  sources[1]?.dispatchEvent(new Event('open'))
  expect(stream.isPolling).toBe(false)
  await seconds(60)
  expect(calls.slice(4)).toEqual(['open'])
})

test('a house that is full is asked for a line again after as long as it said', async () => {
  aStream()
  sources[0]?.emit('full', { again: 20 })
  await seconds(25)
  expect([sources.length, calls]).toEqual([1, ['lost', 'asks', 'asks']])
  await seconds(10)
  expect(sources).toHaveLength(2)
})

test('a tab that nobody looks at asks nothing, and one that was opened behind another opens no line until somebody comes', async () => {
  aStream()
  sources[0]?.emit('full', { again: null })
  setVisibility('hidden')
  await seconds(60)
  expect(calls.filter((one) => one === 'asks')).toEqual([])
  aStream()
  expect(sources).toHaveLength(1)
  setVisibility('visible')
  expect(sources).toHaveLength(3)
})

test('where something may have been missed, words are asked for, and history may tell more', () => {
  aStream()
  sources[0]?.emit('told', {})
  sources[0]?.emit('missed', {})
  expect(calls).toEqual(['told', 'asks', 'told'])
})

test('a line that was lost is opened again, and nobody is believed to be there meanwhile', async () => {
  aStream()
  sources[0]?.dispatchEvent(new Event('error'))
  expect(calls).toEqual(['lost'])
  await seconds(2)
  expect(sources).toHaveLength(2)
})
