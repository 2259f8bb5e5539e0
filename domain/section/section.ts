/** A part of the paper with a name and an address. */
export type Section = { id: number; slug: string; name: string }
