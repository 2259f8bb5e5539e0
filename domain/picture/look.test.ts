import { expect, test } from 'vitest'
import { lookOf, readLook, type Labels } from './look'
import { cropOf, RATIOS, readRenditionPath, renditionPath, sizeOfRendition, widthsFor } from './renditions'

const labels: Labels = { credit: 'Harbour', copyright: null, creators: ['Ada Ey'], alt: null, digitalSourceType: null }
const look = { sha256: 'a'.repeat(64), ratio: '16:9' as const, focusX: 0.25, focusY: 0.9, labels }

test('a look names its crop and its focal point', () => {
  for (const ratio of RATIOS.slice(1))
    for (const focusX of [0, 0.25, 0.999, 1]) {
      const text = lookOf({ ...look, ratio, focusX })
      expect(text).toMatch(/^[0-9a-z]{18}$/u)
      expect(readLook(text, look.sha256)).toEqual({ ratio, focusX, focusY: 0.9 })
    }
})

test('it changes with the focal point and with the labels, and for the whole picture only with the labels', () => {
  const other = { ...labels, credit: 'Pier' }
  expect(new Set([look, { ...look, focusX: 0.26 }, { ...look, labels: other }].map(lookOf)).size).toBe(3)
  const whole = { ...look, ratio: 'whole' as const }
  expect(lookOf(whole)).toBe(lookOf({ ...whole, focusX: 1 }))
  expect(lookOf(whole)).not.toBe(lookOf({ ...whole, labels: other }))
})

test('nobody else can make one', () => {
  const text = lookOf(look)
  expect(readLook(text, 'b'.repeat(64))).toBeNull()
  for (let at = 0; at < text.length; at += 1) {
    const changed = text.slice(0, at) + (text[at] === 'c' ? 'd' : 'c') + text.slice(at + 1)
    expect(readLook(changed, look.sha256)).toBeNull()
  }
  for (const wrong of ['', 'a', text.slice(1), `${text}a`, '../../etc/passwd00'])
    expect(readLook(wrong, look.sha256)).toBeNull()
})

test('a crop is the largest of its ratio, inside the picture, around the point', () => {
  const size = { width: 4000, height: 3000 }
  expect(cropOf(size, 'whole', { focusX: 1, focusY: 1 })).toEqual({ left: 0, top: 0, ...size })
  expect(cropOf(size, '16:9')).toEqual({ left: 0, top: 375, width: 4000, height: 2250 })
  expect(cropOf(size, '16:9', { focusX: 0.5, focusY: 0 })).toMatchObject({ top: 0 })
  expect(cropOf(size, '1:1', { focusX: 1, focusY: 0 })).toEqual({ left: 1000, top: 0, width: 3000, height: 3000 })
  expect(cropOf({ width: 1, height: 1 }, '16:9')).toEqual({ left: 0, top: 0, width: 1, height: 1 })
  for (const ratio of RATIOS)
    for (const [width = 0, height = 0] of [
      [7, 5000],
      [5000, 7],
      [641, 479],
    ])
      for (const focusX of [0, 0.33, 1]) {
        const box = cropOf({ width, height }, ratio, { focusX, focusY: 1 - focusX })
        expect(box.left >= 0 && box.top >= 0 && box.width >= 1 && box.height >= 1).toBe(true)
        expect(box.left + box.width <= width && box.top + box.height <= height).toBe(true)
      }
})

test('widths and sizes', () => {
  expect(widthsFor(1000)).toEqual([160, 320, 480, 640, 960])
  expect(widthsFor(5000).at(-1)).toBe(1900)
  expect(widthsFor(90)).toEqual([90])
  expect(sizeOfRendition({ width: 4000, height: 2250 }, 320)).toEqual({ width: 320, height: 180 })
  expect(sizeOfRendition({ width: 4000, height: 1 }, 160)).toEqual({ width: 160, height: 1 })
})

test('the path of a rendition is read back, and nothing else is one', () => {
  const rendition = { key: 'abcdefghij_-', look: lookOf(look), width: 320, format: 'avif' as const }
  expect(readRenditionPath(renditionPath(rendition))).toEqual(rendition)
  const path = renditionPath(rendition)
  for (const wrong of [
    path.replace('avif', 'svg'),
    path.replace('320', '0'),
    path.replace('320', '-1'),
    `${path}/`,
    path.replace('abc', '..%2f'),
    '/pictures',
  ])
    expect(readRenditionPath(wrong)).toBeNull()
})
