import type { Named } from './name'

/** Who wrote a story: a person, an agency, a guest. An author is not a login. */
export type Author = Named
