import type { Named } from './name'

/** What a story is about, beside its section. */
export type Topic = Named
