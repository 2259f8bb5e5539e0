import { expect, test } from 'vitest'
import { aPortal } from './front-door.test-support'
import { NetworkShares } from './network-shares'

const here = new AbortController().signal

test('a network has 24 requests at once; the next ones wait for their turn, and other networks do not', async () => {
  const shares = new NetworkShares()
  const places = await Promise.all(Array.from({ length: 24 }, () => shares.enter('a', here)))
  const order: string[] = []
  const enterAs = async (name: string) => {
    const leave = await shares.enter('a', here)
    order.push(name)
    return leave
  }
  const [first, second] = [enterAs('first'), enterAs('second')]
  expect(await shares.enter('b', here)).not.toBeNull()
  expect(order).toEqual([])
  places[0]?.()
  places[0]?.()
  await first
  expect(order).toEqual(['first'])
  ;(await first)?.()
  await second
  expect(order).toEqual(['first', 'second'])
})

test('who has gone does not wait, and too many are refused', async () => {
  const shares = new NetworkShares()
  const places = await Promise.all(Array.from({ length: 24 }, () => shares.enter('a', here)))
  const gone = new AbortController()
  const left = shares.enter('a', gone.signal)
  const waits = shares.enter('a', here)
  gone.abort()
  expect(await left).toBeNull()
  places[0]?.()
  expect(await waits).not.toBeNull()
  const waiting = Array.from({ length: 200 }, () => shares.enter('a', here))
  expect(await shares.enter('a', here)).toBeNull()
  for (const leave of places.slice(1)) leave?.()
  ;(await waits)?.()
  for (const turn of waiting) (await turn)?.()
  expect(await shares.enter('a', here)).not.toBeNull()
})

test('an editor is answered while a stranger’s requests to the newsroom wait', async () => {
  let finish: () => void = () => undefined
  const finished = new Promise<void>((resolve) => (finish = resolve))
  const { renderer, door } = await aPortal(
    async ({ url }) => {
      if (url?.startsWith('/sign-in')) await finished
      return { body: 'Desk' }
    },
    { trustProxy: true },
  )
  const stranger = Array.from({ length: 60 }, (_, at) =>
    door.get(`/sign-in?next=/${at}`, { 'x-forwarded-for': '203.0.113.9' }),
  )
  await expect.poll(() => renderer.requests.length).toBe(24)
  const desk = await door.get('/admin', { 'x-forwarded-for': '192.0.2.7' })
  expect([desk.status, desk.text.includes('Desk')]).toEqual([200, true])
  expect(renderer.requests.length).toBe(25)
  finish()
  expect(new Set((await Promise.all(stranger)).map(({ status }) => status))).toEqual(new Set([200]))
})
