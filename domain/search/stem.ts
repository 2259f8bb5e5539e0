import porter2 from 'wink-porter2-stemmer'

/** Longer words are names of things, and the stemmer takes quadratic time. Characters. */
const MAX_STEMMED_LENGTH = 40

/** Stems of the words seen last: news repeats its words. */
const cache = new Map<string, string>()
const CACHE_SIZE = 50_000

/** The English stem (Porter 2) of a folded word; a word with other letters than a–z is its own stem, but for a plural: F-16s, the 1990s. */
export function stem(word: string): string {
  if (/\ds$/u.test(word)) return word.slice(0, -1)
  if (word.length > MAX_STEMMED_LENGTH || !/^[a-z]+$/u.test(word)) return word
  const known = cache.get(word)
  if (known !== undefined) return known
  const found = porter2(word)
  if (cache.size >= CACHE_SIZE) cache.clear()
  cache.set(word, found)
  return found
}
