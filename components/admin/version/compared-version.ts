import type { Revision, Version } from '@/domain/version/revision'

/** One of two versions that are compared; `revision` is null for the draft. */
export type ComparedVersion = { version: Version; revision: Revision | null }
