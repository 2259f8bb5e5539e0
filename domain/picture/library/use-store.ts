import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Database, Transaction } from '@/db/client'
import { authorPortraits, pictures, storyPictures } from '@/db/schema/picture'
import { stories } from '@/db/schema/story'
import type { Copy } from '../../copy/copy-fields'
import type { KnownPicture } from '../../copy/picture-flaws'
import type { Actor } from '../../user/user'
import { nameOf, refusalOf, textsOfPicture } from '../picture'
import { picturesOf, type PlacedPicture } from '../uses'
import { findPictures } from './store'

type WithPictures = Pick<Copy, 'picture' | 'alt' | 'body'>

/** Writes which pictures stand in a draft, where that changed. Pictures that the library does not have are left out: publishing is refused with them. */
export async function writeDraftPictures(
  tx: Transaction,
  storyId: number,
  before: WithPictures | null,
  copy: WithPictures,
  now: Date,
) {
  const [former, current] = [before === null ? [] : placesOf(before), placesOf(copy)]
  if (JSON.stringify(former) === JSON.stringify(current)) return
  await tx.delete(storyPictures).where(and(eq(storyPictures.storyId, storyId), isNull(storyPictures.revisionId)))
  await insertPlaces(tx, storyId, null, current)
  const dropped = former.map(({ pictureId }) => pictureId).filter((id) => current.every((one) => one.pictureId !== id))
  await noteLastUse(tx, sql`unnest(${sql.param(arrayLiteral(dropped))}::bigint[])`, now)
}

/** The same for a revision, once and for all. */
export async function writeRevisionPictures(tx: Transaction, storyId: number, revisionId: number, copy: WithPictures) {
  await insertPlaces(tx, storyId, revisionId, placesOf(copy))
}

/** Before the pointer to the revision that readers see moves: its pictures may be used no more from now on. */
export async function noteFormerPictures(tx: Transaction, storyId: number, now: Date) {
  const former = sql`(select ${storyPictures.pictureId} from ${storyPictures} join ${stories} on ${stories.liveRevisionId} = ${storyPictures.revisionId}
    where ${stories.id} = ${storyId})`
  await noteLastUse(tx, former, now)
}

/** Each picture once for each place, where it first stands there. */
function placesOf(copy: WithPictures): PlacedPicture[] {
  const first = new Map<string, PlacedPicture>()
  for (const use of picturesOf(copy)) {
    const key = `${use.place} ${use.pictureId}`
    if (!first.has(key)) first.set(key, { ...use, alt: null })
  }
  return [...first.values()]
}

async function insertPlaces(
  tx: Transaction,
  storyId: number,
  revisionId: number | null,
  places: readonly PlacedPicture[],
) {
  if (places.length === 0) return
  const listed = (values: readonly (string | number)[]) => sql.param(arrayLiteral(values))
  const rows = sql`unnest(${listed(places.map(({ pictureId }) => pictureId))}::bigint[],
    ${listed(places.map(({ place }) => place))}::text[], ${listed(places.map(({ position }) => position))}::integer[])`
  await tx.execute(sql`
    insert into ${storyPictures} (story_id, revision_id, picture_id, place, position)
    select ${storyId}::bigint, ${revisionId}::bigint, ${pictures.id}, used.place, used.position
    from ${rows} as used (picture_id, place, position) join ${pictures} on ${pictures.id} = used.picture_id
    order by ${pictures.id}`)
}

/** Only ids, names of places and numbers, none of which needs quotes. */
const arrayLiteral = (values: readonly (string | number)[]) => `{${values.join(',')}}`

/** In the order of their ids, as everybody locks pictures. */
async function noteLastUse(tx: Transaction, ids: ReturnType<typeof sql>, now: Date) {
  await tx.execute(sql`
    update ${pictures} set last_used_at = ${now.toISOString()}::timestamptz
    where id in (select ${pictures.id} from ${pictures} where ${pictures.id} in (select * from ${ids} as ended) order by ${pictures.id} for no key update)`)
}

/** What the checklist has to know of the pictures of a copy. @param at when readers will see it */
export async function findKnownPictures(
  db: Database | Transaction,
  copy: WithPictures,
  at: Date,
): Promise<Map<number, KnownPicture>> {
  const found = await findPictures(
    db,
    picturesOf(copy).map(({ pictureId }) => pictureId),
  )
  return new Map(
    [...found].map(([id, picture]) => {
      const { credit, alt, decorative } = textsOfPicture(picture)
      return [
        id,
        {
          name: nameOf(picture),
          hasCredit: credit !== '',
          hasAlt: decorative || alt !== '',
          refusal: refusalOf(picture, at),
        },
      ]
    }),
  )
}

export async function findPortrait(db: Database | Transaction, authorId: number): Promise<number | null> {
  const [row] = await db
    .select({ pictureId: authorPortraits.pictureId })
    .from(authorPortraits)
    .where(eq(authorPortraits.authorId, authorId))
  return row?.pictureId ?? null
}

export async function savePortrait(tx: Transaction, actor: Actor, authorId: number, pictureId: number, now: Date) {
  await deletePortrait(tx, authorId, now)
  const placed = { placedAt: now, placedById: actor.id, placedByName: actor.name }
  await tx.insert(authorPortraits).values({ authorId, pictureId, ...placed })
}

export async function deletePortrait(tx: Transaction, authorId: number, now: Date) {
  const deleted = await tx
    .delete(authorPortraits)
    .where(eq(authorPortraits.authorId, authorId))
    .returning({ pictureId: authorPortraits.pictureId })
  await noteLastUse(
    tx,
    sql`unnest(${sql.param(arrayLiteral(deleted.map(({ pictureId }) => pictureId)))}::bigint[])`,
    now,
  )
}
