import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { WordsStream } from './words-stream'

/** A line as the browser keeps it, with what the newsroom says on it. */
class Line extends EventTarget {
  isOpen = true
  close() {
    this.isOpen = false
  }
  say(event: string, told: unknown) {
    this.dispatchEvent(new MessageEvent(event, { data: JSON.stringify(told) }))
  }
}

const aPage = () => Object.assign(new EventTarget(), { visibilityState: 'visible' })
let page = aPage()
let lines: Line[] = []
const said: string[] = []

beforeEach(() => {
  vi.useFakeTimers()
  page = aPage()
  lines = []
  said.length = 0
  vi.stubGlobal('document', page)
  vi.stubGlobal('window', page)
  vi.stubGlobal('EventSource', function open() {
    const line = new Line()
    lines.push(line)
    return line
  })
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const aStream = () =>
  new WordsStream('/stream', {
    onOpen: () => said.push('open'),
    onLost: () => said.push('lost'),
    onWords: () => said.push('words'),
    onPresence: () => said.push('presence'),
    onStranded: () => said.push('stranded'),
    onPutBack: () => said.push('put back'),
    onTold: () => said.push('told'),
    onMissed: () => said.push('asks'),
  })

const seconds = (count: number) => vi.advanceTimersByTimeAsync(count * 1000)
const look = (visibilityState: string) => {
  page.visibilityState = visibilityState
  page.dispatchEvent(new Event('visibilitychange'))
}

test('a tab whose line gave way to a younger one asks now and then, and opens one again when somebody comes to it', async () => {
  const stream = aStream()
  lines[0]?.say('full', { again: null })
  expect([lines[0]?.isOpen, stream.isCrowded, said]).toEqual([false, true, ['lost']])
  await seconds(35)
  expect([lines.length, said]).toEqual([1, ['lost', 'asks', 'asks', 'asks']])
  page.dispatchEvent(new Event('focus'))
  expect(lines).toHaveLength(2)
  lines[1]?.dispatchEvent(new Event('open'))
  expect(stream.isCrowded).toBe(false)
  await seconds(60)
  expect(said.slice(4)).toEqual(['open'])
})

test('a house that is full is asked for a line again after as long as it said', async () => {
  aStream()
  lines[0]?.say('full', { again: 20 })
  await seconds(25)
  expect([lines.length, said]).toEqual([1, ['lost', 'asks', 'asks']])
  await seconds(10)
  expect(lines).toHaveLength(2)
})

test('a tab that nobody looks at asks nothing, and one that was opened behind another opens no line until somebody comes', async () => {
  aStream()
  lines[0]?.say('full', { again: null })
  look('hidden')
  await seconds(60)
  expect(said.filter((one) => one === 'asks')).toEqual([])
  aStream()
  expect(lines).toHaveLength(1)
  look('visible')
  expect(lines).toHaveLength(3)
})

test('where something may have been missed, words are asked for, and history may tell more', () => {
  aStream()
  lines[0]?.say('told', {})
  lines[0]?.say('missed', {})
  expect(said).toEqual(['told', 'asks', 'told'])
})

test('a line that was lost is opened again, and nobody is believed to be there meanwhile', async () => {
  aStream()
  lines[0]?.dispatchEvent(new Event('error'))
  expect(said).toEqual(['lost'])
  await seconds(2)
  expect(lines).toHaveLength(2)
})
