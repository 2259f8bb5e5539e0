export type AskedFor = Promise<Record<string, string | string[] | undefined>>

/** The place an older page of a list begins at (?before=…), or null for the newest. */
export async function askedPlace(searchParams: AskedFor): Promise<string | null> {
  const { before } = await searchParams
  const place = Array.isArray(before) ? before[0] : before
  return place || null
}
