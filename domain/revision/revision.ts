import type { Copy } from '../copy/copy-fields'

/**
 * Why a revision was kept. `work`: words of a draft, before others took their place. `removal`: before somebody took many of them out while writing.
 * `stranded`: with words at its end whose place was removed before they arrived. `device`: what a device had kept of another document of the story.
 */
export const revisionReasons = [
  'published',
  'scheduled',
  'corrected',
  'restored',
  'handed-over',
  'work',
  'removal',
  'stranded',
  'device',
] as const
export type RevisionReason = (typeof revisionReasons)[number]

/** A revision as a line of a list: editors call it “version 3”, by its number in its story. */
export type Revision = {
  id: number
  number: number
  keptAt: Date
  keptByName: string
  /** Null: kept before the newsroom wrote down why. */
  keptBecause: RevisionReason | null
  headline: string
  hasBody: boolean
}

/** Where a revision is found: by its id, and in its story by its number. */
export type RevisionRef = Pick<Revision, 'id' | 'number'>

/** A revision with its words. */
export type RevisionWithCopy = Revision & { copy: Copy }

/** What can be compared: a revision by its number, the draft, or what readers are told. */
export type CopyRef = number | 'draft' | 'live'

/** A version as an address names it, or null where it names none. */
export function parseCopyRef(value: string): CopyRef | null {
  if (value === 'draft' || value === 'live') return value
  return /^[1-9]\d{0,8}$/u.test(value) ? Number(value) : null
}
