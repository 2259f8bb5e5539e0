export type SearchParams = Promise<Record<string, string | string[] | undefined>>

/** The place an older page of a list begins at (?before=…), or null for the newest. */
export async function parseCursor(searchParams: SearchParams): Promise<string | null> {
  const { before } = await searchParams
  const cursor = Array.isArray(before) ? before[0] : before
  return cursor || null
}
