/** What each of the newsroom's scripts begins with. */
export const COMPILE_AT_ONCE: string
