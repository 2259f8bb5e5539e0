import type { ListItem } from './list-writer'

/** `l0 level2 lfo1`, Word's name of a list with the level of an item. */
const PLACE = /^(l\d+)\s+level(\d+)(?:\s+(lfo\d+))?/u

/** @param wordList the property mso-list of a paragraph @returns null for a paragraph of no list */
export function wordListPlace(wordList: string): { key: string; level: number } | null {
  const [, list, level, override = ''] = PLACE.exec(wordList) ?? []
  return list === undefined ? null : { key: `${list} ${override}`, level: Number(level) }
}

/**
 * What the marker of an item in Word says: "3." that it is the third.
 * @param open the type of the list that goes on there
 * @returns `text` where HTML has no such marker (1.2.1, Article 5:): then it is part of the words
 */
export function readMarker(
  marker: string,
  open: ListItem['type'],
): Pick<ListItem, 'ordered' | 'number' | 'type'> & { text: string } {
  const bullet = { ordered: false, number: null, type: null, text: '' }
  const [, sign] = /^\(?([\p{L}\p{N}]+)[.):]?$/u.exec(marker) ?? []
  const isPointed = /[.):]$/u.test(marker)
  if (sign === undefined || (!isPointed && !/^\d+$/u.test(sign)))
    return /[\p{L}\p{N}].*[\p{L}\p{N}]/u.test(marker) ? { ...bullet, text: `${marker} ` } : bullet
  if (/^\d{1,6}$/u.test(sign)) return { ordered: true, number: Number(sign), type: null, text: '' }
  const isUpper = sign === sign.toUpperCase()
  const roman = romanNumber(sign.toLowerCase())
  const isRoman =
    roman !== null && (/^i$/iu.test(open ?? '') || (open === null && (sign.length > 1 || /^i$/iu.test(sign))))
  if (isRoman) return { ordered: true, number: roman, type: isUpper ? 'I' : 'i', text: '' }
  const letter = letterNumber(sign.toLowerCase())
  if (letter === null) return { ...bullet, text: `${marker} ` }
  return { ordered: true, number: letter, type: isUpper ? 'A' : 'a', text: '' }
}

/** a is 1, z 26, aa 27. */
function letterNumber(sign: string): number | null {
  if (!/^[a-z]{1,3}$/u.test(sign)) return null
  return [...sign].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 96, 0)
}

const ROMAN: [string, number][] = [
  ['c', 100],
  ['xc', 90],
  ['l', 50],
  ['xl', 40],
  ['x', 10],
  ['ix', 9],
  ['v', 5],
  ['iv', 4],
  ['i', 1],
]

function romanNumber(sign: string): number | null {
  if (!/^c{0,3}(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})$/u.test(sign)) return null
  let number = 0
  let rest = sign
  for (const [part, value] of ROMAN) {
    while (rest.startsWith(part)) {
      number += value
      rest = rest.slice(part.length)
    }
  }
  return number
}
