import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatTimeOfDay, formatMoment, readTypedTime, describeTypedTime, toTypedTime } from './newsroom-time'

const berlin = 'Europe/Berlin'

test('a typed time is a moment in the newsroom’s zone', () => {
  expect(readTypedTime('2026-11-24T21:30', berlin)).toEqual({ kind: 'once', at: new Date('2026-11-24T20:30:00Z') })
  expect(readTypedTime('2026-07-01T21:30:05', berlin)).toEqual({ kind: 'once', at: new Date('2026-07-01T19:30:05Z') })
  expect(readTypedTime('2026-11-24T21:30', 'Asia/Kathmandu')).toEqual({
    kind: 'once',
    at: new Date('2026-11-24T15:45:00Z'),
  })
})

test('the hour that the clocks skip does not exist, and the repeated one comes twice', () => {
  expect(readTypedTime('2026-03-29T02:30', berlin)).toEqual({ kind: 'never' })
  expect(readTypedTime('2026-03-29T03:00', berlin)).toEqual({ kind: 'once', at: new Date('2026-03-29T01:00:00Z') })
  expect(readTypedTime('2026-10-25T02:30', berlin)).toEqual({
    kind: 'twice',
    first: new Date('2026-10-25T00:30:00Z'),
    second: new Date('2026-10-25T01:30:00Z'),
  })
  // Lord Howe Island moves its clocks by half an hour.
  expect(readTypedTime('2026-10-04T02:15', 'Australia/Lord_Howe')).toEqual({ kind: 'never' })
  expect(readTypedTime('2026-04-05T01:45', 'Australia/Lord_Howe').kind).toBe('twice')
})

test('an invalid time is unreadable', () => {
  for (const typed of ['', 'tomorrow', '2026-02-30T10:00', '2026-11-24', '2026-11-24T25:00', '2026-11-24T10:61'])
    expect(readTypedTime(typed, berlin), typed).toEqual({ kind: 'unreadable' })
  expect(readTypedTime('2026-11-24T10:00', 'Europe/Quibble')).toEqual({ kind: 'unreadable' })
})

test('a two-digit year is long past, and the last evening of the year 9999 is accepted', () => {
  expect(readTypedTime('0026-11-24T21:30', berlin)).toMatchObject({ kind: 'once' })
  expect(readTypedTime('9999-12-31T18:59', 'America/New_York')).toMatchObject({ kind: 'once' })
  expect(readTypedTime('9999-12-31T19:00', 'America/New_York')).toEqual({ kind: 'unreadable' })
})

test('every moment, formatted in a zone and parsed, is one of its possible moments', () => {
  const zones = fc.constantFrom(
    'UTC',
    berlin,
    'America/New_York',
    'Australia/Lord_Howe',
    'Asia/Kolkata',
    'Pacific/Apia',
  )
  const seconds = fc.integer({ min: 1_600_000_000, max: 2_200_000_000 })
  fc.assert(
    fc.property(seconds, zones, (second, zone) => {
      const at = new Date(second * 1000)
      const read = readTypedTime(toTypedTime(at, zone), zone)
      const moments = read.kind === 'once' ? [read.at] : read.kind === 'twice' ? [read.first, read.second] : []
      expect(moments.map((moment) => moment.getTime())).toContain(at.getTime())
    }),
  )
})

test('a moment is formatted in the newsroom’s zone and in UTC, once where these are the same', () => {
  const at = new Date('2026-11-24T20:30:00Z')
  expect(formatMoment(at, berlin)).toContain('21:30')
  expect(formatMoment(at, berlin)).toContain('20:30')
  expect(formatMoment(at, 'UTC')).not.toContain('(')
})

test('seconds are shown only where there are any', () => {
  expect(formatMoment(new Date('2026-11-24T20:30:00Z'), berlin)).not.toContain('21:30:')
  expect(formatMoment(new Date('2026-11-24T20:30:07Z'), berlin)).toContain('21:30:07')
  expect(formatMoment(new Date('2026-11-24T20:30:07Z'), berlin)).toContain('20:30:07')
})

test('only the repeated hour is shown with its zone', () => {
  expect(formatTimeOfDay(new Date('2026-10-25T00:30:00Z'), berlin)).toBe('02:30 CEST')
  expect(formatTimeOfDay(new Date('2026-10-25T01:30:00Z'), berlin)).toBe('02:30 CET')
  expect(formatTimeOfDay(new Date('2026-10-25T02:30:00Z'), berlin)).toBe('03:30')
})

test('a typed time is described here and in UTC, also where it comes twice or never', () => {
  expect(describeTypedTime('2026-11-24T21:30', berlin)).toMatch(/21:30.*24 November.*20:30 UTC/u)
  expect(describeTypedTime('2026-10-25T02:30', berlin)).toContain('comes twice')
  expect(describeTypedTime('2026-03-29T02:30', berlin)).toContain('does not exist')
  expect(describeTypedTime('2026-11-2', berlin)).toBe('')
  expect(describeTypedTime('', berlin)).toBe('')
})
