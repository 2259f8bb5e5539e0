import { expect, test } from 'vitest'
import { refusalAt, usableAt, usableUntil, type Lease } from './rights'

const at = (minutes: number) => new Date(Date.UTC(2030, 0, 1, 0, minutes))
const lease = (id: number, kind: 'allow' | 'deny', from: number | null, until: number | null): Lease => ({
  id,
  kind,
  from: from === null ? null : at(from),
  until: until === null ? null : at(until),
  note: 'So',
})

test('a lease holds from its first moment on and before its last', () => {
  const leases = [lease(1, 'allow', 10, 20)]
  const usable = [9, 10, 19, 20].map((minute) => usableAt('agency', leases, at(minute)))
  expect(usable).toEqual([false, true, true, false])
  expect(refusalAt('agency', leases, at(9))).toEqual({ why: 'not-yet', from: at(10) })
  expect(refusalAt('agency', leases, at(20))).toEqual({ why: 'over', until: at(20) })
})

test('the newest of the leases that hold decides; without any the category', () => {
  expect(refusalAt('none', [], at(0))).toEqual({ why: 'no-rights' })
  expect(usableAt('staff', [], at(0))).toBe(true)
  const denied = [lease(1, 'deny', null, null)]
  expect(refusalAt('staff', denied, at(0))).toEqual({ why: 'denied', note: 'So', from: null, until: null })
  // An editor allows it in spite of that until minute 5: then it is denied again.
  const allowed = [...denied, lease(2, 'allow', null, 5)]
  expect([4, 5].map((minute) => usableAt('none', allowed, at(minute)))).toEqual([true, false])
  expect(usableUntil('none', allowed, at(0))).toEqual(at(5))
  // A denial that is newer still stands above the allowance.
  expect(usableAt('staff', [...allowed, lease(3, 'deny', 2, 3)], at(2))).toBe(false)
  expect(usableUntil('staff', [lease(1, 'allow', null, 5), lease(2, 'allow', 3, 9)], at(0))).toEqual(at(9))
})
