/**
 * The longest strictly increasing subsequence.
 * @param values undefined is never part of it
 * @returns the indexes of its members
 */
export function longestIncreasing(values: (number | undefined)[]): Set<number> {
  // `ends[n]` is the index of the smallest value that ends a subsequence of n + 1 members; `previous` leads back from there.
  const ends: number[] = []
  const previous: (number | undefined)[] = []
  values.forEach((value, index) => {
    if (value === undefined) return
    let [low, high] = [0, ends.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((values[ends[middle] ?? 0] ?? 0) < value) low = middle + 1
      else high = middle
    }
    previous[index] = ends[low - 1]
    ends[low] = index
  })
  const members = new Set<number>()
  for (let index = ends.at(-1); index !== undefined; index = previous[index]) members.add(index)
  return members
}
