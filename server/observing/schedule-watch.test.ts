import { expect, test, vi } from 'vitest'
import { startClock } from '../clock'
import { ScheduleSeen, watchSchedule } from './schedule-watch'

test('what is overdue is seen, also while the clock fails; where the database cannot say, nothing is said', async () => {
  const seen = new ScheduleSeen()
  expect(seen.troubles()).toEqual([])
  const clock = startClock(
    async () => Promise.reject(new Error('No spoons.')),
    () => undefined,
    seen,
  )
  const watch = watchSchedule(seen, async () => 2)
  await vi.waitFor(() => expect(seen.troubles()).toEqual(['overdue: 2', 'clock: failing']))
  await Promise.all([clock.stop(), watch.stop()])
  const again = watchSchedule(seen, async () => Promise.reject(new Error('No spoons.')))
  await vi.waitFor(() => expect(seen.overdue).toBe(null))
  await again.stop()
})

test('why the clock fails is said once and without what it would have told, and so is that it works again', async () => {
  const seen = new ScheduleSeen()
  const said: string[] = []
  let times = 0
  const full = new Error('Failed query: insert … params: Minister resigns', { cause: new Error('No space left.') })
  const work = async () => ((times += 1) < 3 ? Promise.reject(full) : 0)
  const clock = startClock(work, (line) => said.push(line), seen)
  await vi.waitFor(() => expect(seen.failing).toBe(true))
  await vi.waitFor(() => expect(seen.failing).toBe(false), 5000)
  await clock.stop()
  expect(said).toEqual(['The clock could not tell what is due: No space left.', 'The clock tells what is due again.'])
})

test('a clock that works again is said to work', async () => {
  const seen = new ScheduleSeen()
  let broken = true
  const clock = startClock(
    async () => (broken ? Promise.reject(new Error('No spoons.')) : 0),
    () => undefined,
    seen,
  )
  await vi.waitFor(() => expect(seen.failing).toBe(true))
  broken = false
  await vi.waitFor(() => expect(seen.failing).toBe(false), 5000)
  await clock.stop()
})
