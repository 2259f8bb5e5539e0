import type { Copy } from '../copy/copy-fields'

/**
 * Why a revision was kept. `work`: the draft, before it was overwritten. `removal`: before much of it was deleted while writing. `stranded`: with text
 * appended that arrived after its paragraph was deleted. `device`: the copy that a device had of another document of the story.
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

/** A revision without its copy. On screens it is “version 3”, by its number in the story. */
export type Revision = {
  id: number
  number: number
  keptAt: Date
  keptByName: string
  /** Null for revisions from before the reason was stored. */
  keptBecause: RevisionReason | null
  headline: string
  hasBody: boolean
}

export type RevisionRef = Pick<Revision, 'id' | 'number'>

export type RevisionWithCopy = Revision & { copy: Copy }

/** A copy that can be compared: a revision by its number, the draft, or what readers see. */
export type CopyRef = number | 'draft' | 'live'

/** One side of a comparison. `revision` is null for the draft. */
export type ComparedSide = { ref: CopyRef; revision: Revision | null }

/** Reads a copy's name in an address. */
export function parseCopyRef(value: string): CopyRef | null {
  if (value === 'draft' || value === 'live') return value
  return /^[1-9]\d{0,8}$/u.test(value) ? Number(value) : null
}
