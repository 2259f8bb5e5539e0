import { renderToStaticMarkup } from 'react-dom/server'
import { expect, onTestFinished, test } from 'vitest'
import { Timestamp } from '@/components/admin/layout/timestamp'
import { formatDay } from '@/components/admin/schedule/calendar'
import { formatTime } from '@/components/reader/page/time-format'
import { dayAt } from './day'
import { dateTimeFormat } from './formatters'
import { formatMoment, formatTimeOfDay, isTimeZone } from './newsroom-time'

/** Counts the formatters that are made from now on. */
function countFormatters() {
  const { DateTimeFormat } = Intl
  const counter = { made: 0 }
  Intl.DateTimeFormat = new Proxy(DateTimeFormat, {
    construct(target, options) {
      counter.made += 1
      return Reflect.construct(target, options) as object
    },
  })
  onTestFinished(() => void (Intl.DateTimeFormat = DateTimeFormat))
  return counter
}

const now = new Date('2026-12-01T12:00:00Z')
/** A different moment each: of today, of this year and of other years, with and without seconds. */
const moments = Array.from({ length: 300 }, (_, n) => new Date(now.getTime() - n * 4_567_000))
const zones = ['UTC', 'Europe/Berlin', 'America/New_York']

test.each<[string, (at: Date, timeZone: string) => unknown]>([
  ['a time on the desk', (at, timeZone) => renderToStaticMarkup(<Timestamp at={at} timeZone={timeZone} now={now} />)],
  ['a day of the schedule', (at, timeZone) => formatDay(dayAt(at, timeZone))],
  ['a time on a page', (at, timeZone) => formatTime(at, timeZone, 'full')],
  ['a moment with its zone', formatMoment],
  ['a time of day', formatTimeOfDay],
  ['whether a zone is known', (_at, timeZone) => isTimeZone(timeZone)],
])('%s makes a formatter for each zone and style, not for each time', (_name, format) => {
  const counter = countFormatters()
  for (const at of moments) for (const zone of zones) format(at, zone)
  expect(counter.made).toBeLessThan(40)
})

test('a zone in many spellings keeps no more formatters than the limit, and those in use stay', () => {
  const used = dateTimeFormat('en-GB', { timeZone: 'UTC', year: 'numeric' })
  const spelling = (n: number) =>
    [...'europe/berlin'].map((c, at) => ((n >> at) % 2 === 1 ? c.toUpperCase() : c)).join('')
  for (let n = 1; n < 256; n += 1) {
    expect([isTimeZone(spelling(n)), dayAt(now, spelling(n))]).toEqual([true, '2026-12-01'])
    expect(dateTimeFormat('en-GB', { timeZone: 'UTC', year: 'numeric' })).toBe(used)
  }
  const counter = countFormatters()
  for (let n = 1; n < 256; n += 1) dayAt(now, spelling(n))
  expect(counter.made).toBeGreaterThan(100)
  expect(isTimeZone('Nowhere/Overley')).toBe(false)
})
