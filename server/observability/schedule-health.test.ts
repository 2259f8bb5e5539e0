import { expect, test, vi } from 'vitest'
import { startClock } from '../supervisor/clock'
import { ScheduleHealth, monitorSchedule } from './schedule-health'

test('overdue stories are counted also while the clock fails; the count is unknown while the database is unavailable', async () => {
  const health = new ScheduleHealth()
  expect(health.problems()).toEqual([])
  const clock = startClock(
    async () => Promise.reject(new Error('No connection.')),
    () => undefined,
    health,
  )
  const monitor = monitorSchedule(health, async () => 2)
  await vi.waitFor(() => expect(health.problems()).toEqual(['overdue: 2', 'clock: failing']))
  await Promise.all([clock.stop(), monitor.stop()])
  const second = monitorSchedule(health, async () => Promise.reject(new Error('No connection.')))
  await vi.waitFor(() => expect(health.overdue).toBe(null))
  await second.stop()
})

test('the reason of a failing clock is logged once and without query parameters, and so is its recovery', async () => {
  const health = new ScheduleHealth()
  const lines: string[] = []
  let times = 0
  const full = new Error('Failed query: insert … params: Minister resigns', { cause: new Error('No space left.') })
  const work = async () => ((times += 1) < 3 ? Promise.reject(full) : 0)
  const clock = startClock(work, (line) => lines.push(line), health)
  await vi.waitFor(() => expect(health.failing).toBe(true))
  await vi.waitFor(() => expect(health.failing).toBe(false), 5000)
  await clock.stop()
  expect(lines).toEqual(['The clock fails: No space left.', 'The clock works again.'])
})

test('a clock that works again is not failing', async () => {
  const health = new ScheduleHealth()
  let broken = true
  const clock = startClock(
    async () => (broken ? Promise.reject(new Error('No connection.')) : 0),
    () => undefined,
    health,
  )
  await vi.waitFor(() => expect(health.failing).toBe(true))
  broken = false
  await vi.waitFor(() => expect(health.failing).toBe(false), 5000)
  await clock.stop()
})
