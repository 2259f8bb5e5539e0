import { expect, test } from 'vitest'
import type { RenderError } from './render-request'
import { WaitingRenders, type RenderKind, type WaitingRender } from './waiting-renders'

const rejected: RenderError[] = []
const aRender = (kind: RenderKind, network = '192.0.2.1', since = performance.now()): WaitingRender => ({
  kind,
  network,
  since,
  start: () => undefined,
  reject: (error) => rejected.push(error),
})

function waitingWith(...renders: WaitingRender[]) {
  const waiting = new WaitingRenders()
  for (const render of renders) waiting.add(render)
  return waiting
}

test('what has changed comes first, what nobody waits for comes last', () => {
  const [background, missing, stale] = [aRender('background'), aRender('missing'), aRender('stale')]
  const waiting = waitingWith(background, missing, stale)
  expect([waiting.next(), waiting.next(), waiting.next(), waiting.next()]).toEqual([
    stale,
    missing,
    background,
    undefined,
  ])
})

test('networks take turns, and one network leaves room for others', () => {
  const stranger = Array.from({ length: 100 }, () => aRender('missing', '203.0.113.9'))
  const waiting = waitingWith(...stranger, aRender('missing', '192.0.2.7'))
  const begun = (count: number) => Array.from({ length: count }, () => waiting.next()?.network)
  const [a, b] = ['203.0.113.9', '192.0.2.7']
  expect(begun(6)).toEqual([a, b, a, a, a, undefined])
  waiting.ended(aRender('missing', b))
  expect(waiting.next()).toBeUndefined()
  for (const network of ['192.0.2.8', '192.0.2.9', '192.0.2.10']) waiting.add(aRender('missing', network))
  expect(begun(3)).toEqual(['192.0.2.8', '192.0.2.9', undefined])
  // Pages that are not stored leave the other places free.
  waiting.add(aRender('background'))
  expect(waiting.next()?.kind).toBe('background')
})

test('of many that wait long, the newest is served: its reader is still there', () => {
  const old = performance.now() - 2100
  const newest = aRender('missing')
  const waiting = waitingWith(aRender('missing', '192.0.2.1', old), aRender('missing', '192.0.2.1', old), newest)
  expect(waiting.next()).toBe(newest)
})

test('one network fills half of the places; when all are taken, the network with the most gives one up', () => {
  const waiting = new WaitingRenders()
  const fill = (network: string) => {
    rejected.length = 0
    let count = 0
    for (; rejected.length === 0; count += 1) waiting.add(aRender('missing', network))
    return count - 1
  }
  expect([fill('a'), fill('b')]).toEqual([500, 500])
  rejected.length = 0
  for (let at = 0; at < 20; at += 1) waiting.add(aRender('missing', `other ${at}`))
  expect(rejected.map(({ kind }) => kind)).toEqual(Array.from({ length: 20 }, () => 'busy'))
  expect(waiting.size()).toBe(1000)
  // Changed pages are not counted: there are no more than are stored.
  waiting.add(aRender('stale', 'a'))
  expect(waiting.size()).toBe(1001)
})

test('a render in the background that a reader joins is of that reader’s network, and none is lost where all places are taken', () => {
  const waiting = new WaitingRenders()
  for (let at = 0; at < 1000; at += 1) waiting.add(aRender('missing', `network ${at}`))
  const joined = aRender('background', '')
  waiting.add(joined)
  rejected.length = 0
  waiting.change(joined, 'missing', 'network 7')
  expect([rejected.length, waiting.size(), joined.network]).toEqual([1, 1000, 'network 7'])
})

test('a render that nobody waits for any more is removed, one that has begun is not', () => {
  const [one, other] = [aRender('missing'), aRender('stale')]
  const waiting = waitingWith(one, other)
  expect([waiting.remove(one), waiting.remove(one)]).toEqual([true, false])
  waiting.change(other, 'background')
  expect([other.kind, waiting.next(), waiting.remove(other), waiting.size()]).toEqual(['background', other, false, 0])
})
