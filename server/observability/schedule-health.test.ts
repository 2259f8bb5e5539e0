import { expect, test, vi } from 'vitest'
import { startClock } from '../supervisor/clock'
import { ScheduleHealth, monitorSchedule } from './schedule-health'

test('what is overdue is seen, also while the clock fails; where the database cannot say, nothing is said', async () => {
  const health = new ScheduleHealth()
  expect(health.problems()).toEqual([])
  const clock = startClock(
    async () => Promise.reject(new Error('No spoons.')),
    () => undefined,
    health,
  )
  const monitor = monitorSchedule(health, async () => 2)
  await vi.waitFor(() => expect(health.problems()).toEqual(['overdue: 2', 'clock: failing']))
  await Promise.all([clock.stop(), monitor.stop()])
  const second = monitorSchedule(health, async () => Promise.reject(new Error('No spoons.')))
  await vi.waitFor(() => expect(health.overdue).toBe(null))
  await second.stop()
})

test('why the clock fails is said once and without what it would have told, and so is that it works again', async () => {
  const health = new ScheduleHealth()
  const lines: string[] = []
  let times = 0
  const full = new Error('Failed query: insert … params: Minister resigns', { cause: new Error('No space left.') })
  const work = async () => ((times += 1) < 3 ? Promise.reject(full) : 0)
  const clock = startClock(work, (line) => lines.push(line), health)
  await vi.waitFor(() => expect(health.failing).toBe(true))
  await vi.waitFor(() => expect(health.failing).toBe(false), 5000)
  await clock.stop()
  expect(lines).toEqual(['The clock could not tell what is due: No space left.', 'The clock tells what is due again.'])
})

test('a clock that works again is said to work', async () => {
  const health = new ScheduleHealth()
  let broken = true
  const clock = startClock(
    async () => (broken ? Promise.reject(new Error('No spoons.')) : 0),
    () => undefined,
    health,
  )
  await vi.waitFor(() => expect(health.failing).toBe(true))
  broken = false
  await vi.waitFor(() => expect(health.failing).toBe(false), 5000)
  await clock.stop()
})
