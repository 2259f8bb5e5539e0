import type { Revision, Version } from '@/domain/story/revision'

/** One of two versions that are compared; `revision` is null for the draft. */
export type ComparedVersion = { version: Version; revision: Revision | null }
