/** A bag of words: how often each occurs, in no order. */
export type WordCounts = Map<string, number>

export function wordCounts(words: Iterable<string>): WordCounts {
  const counts: WordCounts = new Map()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}

/** What one bag has more of than the other. */
export function subtract(counts: WordCounts, other: WordCounts): WordCounts {
  const left = [...counts].map(([word, times]): [string, number] => [word, times - (other.get(word) ?? 0)])
  return new Map(left.filter(([, times]) => times > 0))
}
