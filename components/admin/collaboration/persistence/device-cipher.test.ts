import { expect, test } from 'vitest'
import { deviceCipher } from './device-cipher'

const key = 'ab'.repeat(32)
const text = new TextEncoder().encode('Kites sang over the harbour.')

test('text is opened with its key only, and not where it is damaged', () => {
  const sealed = deviceCipher(key).seal(text)
  expect(deviceCipher(key).open(sealed)).toEqual(text)
  expect(Buffer.from(sealed).includes('Kites')).toBe(false)
  expect(deviceCipher('cd'.repeat(32)).open(sealed)).toBeNull()
  sealed[sealed.length - 1] = (sealed.at(-1) ?? 0) ^ 1
  expect(deviceCipher(key).open(sealed)).toBeNull()
  expect(deviceCipher(key).open(new Uint8Array(3))).toBeNull()
})

test('the same text is never sealed into the same bytes', () => {
  expect(deviceCipher(key).seal(text)).not.toEqual(deviceCipher(key).seal(text))
})
