import { expect, test } from 'vitest'
import type { Upcoming } from '../schedule/moment'
import { requestedMonth, byDay, monthAfter, weeksOf } from './calendar'

const now = new Date('2026-11-24T21:30:00Z')

test('a month is whole weeks from Monday on, with each of its days once', () => {
  const weeks = weeksOf('2026-11')
  expect(weeks.every((week) => week.length === 7)).toBe(true)
  expect(weeks[0]?.slice(-1)).toEqual(['2026-11-01'])
  expect(weeks.flat().filter((day) => day !== null)).toHaveLength(30)
  expect(weeksOf('2027-02')).toHaveLength(4)
  expect(weeksOf('2028-02').flat().filter(Boolean).at(-1)).toBe('2028-02-29')
})

test('an unreadable month is the present one', () => {
  for (const typed of ['2027-01', '2026-10', '2001-12']) expect(requestedMonth(typed, now, 'UTC')).toBe(typed)
  for (const typed of [undefined, '', '2026-13', 'soon', '0001-01', ['x', '2027-01']])
    expect(requestedMonth(typed, now, 'UTC')).toBe('2026-11')
  expect(requestedMonth(undefined, new Date('2026-11-30T23:30:00Z'), 'Europe/Berlin')).toBe('2026-12')
})

test('the months before and after cross the year', () => {
  expect([monthAfter('2026-12', 1), monthAfter('2027-01', -1)]).toEqual(['2027-01', '2026-12'])
})

test('a moment belongs to its day in the newsroom’s zone, not in UTC', () => {
  const moment = { kind: 'live', at: new Date('2026-11-24T23:30:00Z'), storyId: 1, headline: 'Rain' } as const
  const moments: Upcoming[] = [{ ...moment, sectionName: null }]
  expect([...byDay(moments, 'Europe/Berlin').keys()]).toEqual(['2026-11-25'])
})
