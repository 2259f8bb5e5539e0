export type SearchParams = Promise<Record<string, string | string[] | undefined>>

/** The id in an address; null for what cannot be an id. */
export function parseId(param: string): number | null {
  return /^[1-9]\d{0,14}$/u.test(param) ? Number(param) : null
}

/** The cursor of a page of a list (?before=…); null on the first page. */
export async function parseCursor(searchParams: SearchParams): Promise<string | null> {
  const { before } = await searchParams
  return (Array.isArray(before) ? before[0] : before) || null
}
