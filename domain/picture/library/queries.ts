import { and, desc, eq, lt, not, sql, type SQL } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { isUsableAt, pictures, pictureSearch } from '@/db/schema/picture'
import { sanitizeText } from '../../body/inline'
import { parseSearch } from '../../search/search'
import type { Picture } from '../picture'
import type { RightsCategory } from '../rights'
import { findPictures } from './store'
import { isUsed } from './use-queries'

export const PICTURES_ON_A_PAGE = 60

/** What the library is asked for; what is left out does not matter. */
export type LibraryQuery = {
  /** Words that may be begun, "phrases" and -exclusions. */
  text?: string
  category?: RightsCategory
  /** Whether it may be used now. */
  usable?: boolean
  used?: boolean
  /** Nothing uses it, and nothing has for so many days; whole, at least one. */
  unusedForDays?: number
  missing?: 'credit' | 'alt'
  uploadedById?: number
  /** The `olderCursor` of the page before; anything else begins at the newest. */
  before?: string | null
  limit?: number
}

/** Newest first. `olderCursor`: where the next page begins; null at the end. */
export type LibraryPage = { pictures: Picture[]; olderCursor: string | null }

export async function findLibrary(db: Database, query: LibraryQuery): Promise<LibraryPage> {
  const limit = Math.min(Math.max(Math.trunc(query.limit ?? PICTURES_ON_A_PAGE), 1), PICTURES_ON_A_PAGE)
  const found = textCondition(query.text ?? '')
  if (found === 'nothing to look for') return { pictures: [], olderCursor: null }
  const rows = await db
    .select({ id: pictures.id })
    .from(pictures)
    .where(and(sql`${pictures.deletedAt} is null`, found, ...conditionsOf(query)))
    .orderBy(desc(pictures.id))
    .limit(limit + 1)
  const ids = rows.slice(0, limit).map(({ id }) => id)
  const byId = await findPictures(db, ids)
  return {
    pictures: ids.flatMap((id) => byId.get(id) ?? []),
    olderCursor: rows.length > limit ? String(ids.at(-1)) : null,
  }
}

/** How many pictures nothing has used for so many days, up to a hundred. */
export async function countUnused(db: Database, days: number): Promise<number> {
  const found = db
    .select({ id: pictures.id })
    .from(pictures)
    .where(and(sql`${pictures.deletedAt} is null`, isUnusedFor(days)))
    .limit(100)
    .as('found')
  const [row] = await db.select({ count: sql<number>`count(*)::int` }).from(found)
  return row?.count ?? 0
}

function textCondition(typed: string): SQL | undefined | 'nothing to look for' {
  const text = sanitizeText(typed)
  if (text.trim() === '') return undefined
  const { strict, loose } = parseSearch(text, { prefixes: true })
  const literal = strict ?? loose
  if (literal === null) return 'nothing to look for'
  // Found by the index first: a scan in order of ids would read every picture for a rare match.
  return sql`${pictures.id} in (select ${pictureSearch.pictureId} from ${pictureSearch} where ${pictureSearch.vector} @@ ${literal}::tsquery)`
}

function conditionsOf({
  category,
  usable,
  used,
  unusedForDays,
  missing,
  uploadedById,
  before,
}: LibraryQuery): (SQL | undefined)[] {
  const isUsableNow = isUsableAt(sql`now()`)
  const cursor = /^[1-9]\d{0,14}$/u.test(before ?? '') ? Number(before) : null
  return [
    category === undefined ? undefined : eq(pictures.rightsCategory, category),
    usable === undefined ? undefined : usable ? isUsableNow : not(isUsableNow),
    used === undefined ? undefined : used ? isUsed : not(isUsed),
    unusedForDays === undefined ? undefined : isUnusedFor(unusedForDays),
    missing === undefined ? undefined : isMissing[missing],
    uploadedById === undefined ? undefined : eq(pictures.uploadedById, uploadedById),
    cursor === null ? undefined : lt(pictures.id, cursor),
  ]
}

const isMissing = { credit: sql`${pictures.lacksCredit}`, alt: sql`${pictures.lacksAlt}` }

const isUnusedFor = (days: number) =>
  and(
    not(isUsed),
    sql`greatest(${pictures.uploadedAt}, ${pictures.lastUsedAt}) < now() - make_interval(days => ${Math.max(1, Math.trunc(days))})`,
  )
