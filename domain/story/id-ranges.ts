/** Story ids as ranges in ascending order, first and last id included. Consecutive ids, as in a file of the sitemap, take one range. */
export type IdRanges = readonly (readonly [first: number, last: number])[]

export const everyId: IdRanges = [[0, Number.MAX_SAFE_INTEGER]]

/** More ranges than this become one: 16 KB of HTTP headers hold about 800 of them. */
const MAX_RANGES = 500

export function idRangesOf(ids: readonly number[]): IdRanges {
  const ranges: [number, number][] = []
  for (const id of ids.toSorted((one, other) => one - other)) {
    const last = ranges.at(-1)
    if (last && id <= last[1] + 1) last[1] = id
    else ranges.push([id, id])
  }
  const [first, last] = [ranges[0], ranges.at(-1)]
  return ranges.length > MAX_RANGES && first && last ? [[first[0], last[1]]] : ranges
}

export const includesId = (ranges: IdRanges, id: number) => ranges.some(([first, last]) => first <= id && id <= last)

/** @example formatIdRanges([[3, 3], [7, 9]]) === '3 7-9' */
export const formatIdRanges = (ranges: IdRanges) =>
  ranges.map(([first, last]) => (first === last ? String(first) : `${first}-${last}`)).join(' ')

/** Reads what `formatIdRanges` writes; anything else is every id, so that no story is missed. */
export function parseIdRanges(text: string): IdRanges {
  const parts = text.split(' ').filter((part) => part !== '')
  if (!parts.every((part) => /^\d{1,15}(?:-\d{1,15})?$/u.test(part))) return everyId
  return parts.map((part) => {
    const [first = 0, last = first] = part.split('-').map(Number)
    return [first, last]
  })
}
