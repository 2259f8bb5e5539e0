import type { Revision, CopyRef } from '@/domain/revision/revision'

/** One side of a comparison; `revision` is null for the draft. */
export type ComparedSide = { ref: CopyRef; revision: Revision | null }
