import { reservedSegments } from '@/lib/addresses'
import { normalizedText } from './typed-text'

/** Characters; addresses stay readable in a share sheet. */
const MAX_SLUG_LENGTH = 80

/** A slug is lower-case words of a–z and 0–9 joined by single hyphens, at most 80 characters. */
export const slugPattern = /^[a-z0-9]+(?:-[a-z0-9]+)*$/u

/**
 * The slug of a headline: accents folded, initials joined (U.S. → us), everything else a hyphen, cut at a word, never empty.
 * @param fallback where no letter fits a slug
 * @example slugOf('Ukraine’s NATO Concession') === 'ukraines-nato-concession'
 */
export function slugOf(headline: string, fallback = 'story'): string {
  const words = normalizedText(headline, 'NFKD')
    .replace(/[\u0300-\u036f'’‘`]/gu, '')
    .toLowerCase()
    .replace(/ß/gu, 'ss')
    .replace(/(?<![a-z0-9])(?:[a-z]\.){2,}/gu, (initials) => initials.replaceAll('.', ''))
    .split(/[^a-z0-9]+/u)
    .filter((word) => word !== '')
  let slug = ''
  for (const word of words) {
    const longer = slug === '' ? word : `${slug}-${word}`
    if (longer.length > MAX_SLUG_LENGTH) break
    slug = longer
  }
  return slug || words[0]?.slice(0, MAX_SLUG_LENGTH) || fallback
}

/** Whether a section may not have this slug: it is an address of the portal, or a year. */
export const isReserved = (slug: string) => reservedSegments.has(slug) || /^\d{4}$/u.test(slug)

/** The slug of a copy: what was typed, or else that of the headline. */
export function slugFor(typed: string, headline: string): string {
  return slugOf(typed.trim() === '' ? headline : typed)
}
