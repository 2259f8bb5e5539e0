import { and, asc, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { livePictureUses, liveStories, usablePictures } from '@/db/schema/live'
import { pictures } from '@/db/schema/picture'
import { users } from '@/db/schema/user'
import { tag } from '../history/tag'
import type { Actor } from '../user/user'
import { labelsOf, textsOf } from './picture'
import { pictureFieldKeys, type DeskFields } from './picture-fields'

/**
 * A picture as the addresses of its renditions need it. It is live while something live uses it and it may be used; one such use is enough as a witness, so
 * `tags` are the picture’s and that of the witness, and `staleAt` is when a lease or the witness may end.
 */
export async function findServedPicture(db: Database, key: string) {
  const [picture] = await db
    .select()
    .from(pictures)
    .where(and(eq(pictures.key, key), isNull(pictures.deletedAt)))
  if (!picture) return null
  const [witness] = await db
    .select({
      storyId: livePictureUses.storyId,
      authorId: livePictureUses.authorId,
      until: livePictureUses.until,
      // Changes that are due may take the picture out of the story.
      dueAt: liveStories.dueAt,
      nextBoundary: usablePictures.nextBoundary,
    })
    .from(livePictureUses)
    .innerJoin(usablePictures, eq(usablePictures.id, livePictureUses.pictureId))
    .leftJoin(liveStories, eq(liveStories.id, livePictureUses.storyId))
    .where(eq(livePictureUses.pictureId, picture.id))
    // A story that stays before one that ends, and any story before a portrait.
    .orderBy(
      sql`${livePictureUses.storyId} is null`,
      desc(sql`coalesce(${livePictureUses.until}, 'infinity')`),
      asc(livePictureUses.storyId),
    )
    .limit(1)
  const desk = Object.fromEntries(pictureFieldKeys.map((field) => [field, picture[field]])) as DeskFields
  const { id, sha256, width, height } = picture
  return {
    ...{ id, key, sha256, width, height },
    labels: labelsOf(textsOf(desk, picture.asItCame.told)),
    isLive: witness !== undefined,
    tags: [tag.picture(id), ...(witness ? tagsOfWitness(witness) : [])],
    staleAt: witness ? await endOf(db, witness) : null,
  }
}

type Witness = {
  storyId: number | null
  authorId: number | null
  until: Date | null
  dueAt: Date | null
  nextBoundary: Date | null
}

const tagsOfWitness = ({ storyId, authorId }: Witness) => [
  ...(storyId === null ? [] : [tag.story(storyId)]),
  ...(authorId === null ? [] : [tag.named('author', authorId)]),
]

async function endOf(db: Database, { authorId, until, dueAt, nextBoundary }: Witness): Promise<Date | null> {
  const ofAuthor = authorId === null ? null : await nextEndOfAuthor(db, authorId)
  const now = Date.now()
  const times = [until, dueAt, nextBoundary, ofAuthor].flatMap((time) =>
    time && time.getTime() > now ? time.getTime() : [],
  )
  return times.length === 0 ? null : new Date(Math.min(...times))
}

/** A portrait is live while the author has a live story: the first that ends may have been the last. */
async function nextEndOfAuthor(db: Database, authorId: number): Promise<Date | null> {
  const [row] = await db.execute<{ at: Date | null }>(
    sql`select min(stories.unpublish_at) as at from stories join story_authors on story_authors.story_id = stories.id
      where story_authors.author_id = ${authorId} and stories.unpublish_at > now()`,
  )
  return row?.at ? new Date(row.at) : null
}

/** The file of a picture as it came. */
export async function findOriginal(db: Database, key: string) {
  const { sha256, format, fileName } = pictures
  const [row] = await db
    .select({ sha256, format, fileName })
    .from(pictures)
    .where(and(eq(pictures.key, key), isNull(pictures.deletedAt)))
  return row ?? null
}

/** Which of these keys are of pictures. The files of a deleted one go. */
export async function knownKeys(db: Database, keys: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await db
    .select({ key: pictures.key })
    .from(pictures)
    .where(and(inArray(pictures.key, [...keys]), isNull(pictures.deletedAt)))
  return new Set(rows.map(({ key }) => key))
}

export async function knownSha256s(db: Database, sha256s: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await db
    .select({ sha256: pictures.sha256 })
    .from(pictures)
    .where(and(inArray(pictures.sha256, [...sha256s]), isNull(pictures.deletedAt)))
  return new Set(rows.map(({ sha256 }) => sha256))
}

/** Somebody with a login that is not disabled. */
export async function findActiveUser(db: Database, id: number): Promise<(Actor & { id: number }) | null> {
  const [user] = await db
    .select({ id: users.id, name: users.name, role: users.role })
    .from(users)
    .where(and(eq(users.id, id), isNull(users.disabledAt)))
  return user ?? null
}
