import type { Revision, CopyRef } from '@/domain/revision/revision'

/** One of two versions that are compared; `revision` is null for the draft. */
export type ComparedSide = { ref: CopyRef; revision: Revision | null }
