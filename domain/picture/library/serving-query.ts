import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { livePictureUses, usablePictures } from '@/db/schema/live'
import { pictures } from '@/db/schema/picture'
import { tag } from '../../history/tag'
import { labelsOf, textsOf } from '../picture'
import type { Labels } from '../look'
import { pictureFieldKeys, type DeskFields } from '../picture-fields'

/** A picture as requests for its renditions need it. */
export type PictureForServing = {
  id: number
  key: string
  sha256: string
  width: number
  height: number
  labels: Labels
  /** Something that readers see uses it, and it may be used now. */
  isLive: boolean
  /** The events that may change that: those of the picture, and of one live thing that uses it. */
  tags: string[]
  /** When that may end, or begin, without an event. */
  staleAt: Date | null
}

/** @returns null where there is no such picture, or it was deleted */
export async function findPictureForServing(db: Database, key: string): Promise<PictureForServing | null> {
  const [row] = await db
    .select({
      picture: pictures,
      isUsable: sql<boolean>`${usablePictures.id} is not null`,
      nextBoundary: usablePictures.nextBoundary,
    })
    .from(pictures)
    .leftJoin(usablePictures, eq(usablePictures.id, pictures.id))
    .where(and(eq(pictures.key, key), sql`${pictures.deletedAt} is null`))
  if (!row) return null
  const { picture, isUsable, nextBoundary } = row
  const witness = isUsable ? await findLiveUse(db, picture.id) : null
  const desk = Object.fromEntries(pictureFieldKeys.map((field) => [field, picture[field]])) as DeskFields
  const { id, sha256, width, height } = picture
  const ends = [nextBoundary, witness?.until ?? null].filter((at) => at !== null)
  return {
    id,
    key,
    sha256,
    width,
    height,
    labels: labelsOf(textsOf(desk, picture.asItCame.told)),
    isLive: witness !== null,
    tags: [tag.picture(id), ...(witness === null ? [] : [witness.tag])],
    staleAt: ends.length === 0 ? null : new Date(Math.min(...ends.map(Number))),
  }
}

/** One place where readers see it now; that which ends last, so that the verdict holds long. */
async function findLiveUse(db: Database, pictureId: number): Promise<{ tag: string; until: Date | null } | null> {
  const [use] = await db
    .select({ storyId: livePictureUses.storyId, authorId: livePictureUses.authorId, until: livePictureUses.until })
    .from(livePictureUses)
    .where(eq(livePictureUses.pictureId, pictureId))
    .orderBy(sql`${livePictureUses.until} desc nulls first`)
    .limit(1)
  if (!use) return null
  const { storyId, authorId, until } = use
  return { tag: storyId === null ? tag.named('author', authorId ?? 0) : tag.story(storyId), until }
}

/** Which of these keys have a picture that is not deleted; the files of others may go. */
export async function findKnownKeys(db: Database, keys: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await db
    .select({ key: pictures.key })
    .from(pictures)
    .where(and(inArray(pictures.key, [...keys]), sql`${pictures.deletedAt} is null`))
  return new Set(rows.map((row) => row.key))
}

/** The same for originals. */
export async function findKnownSha256s(db: Database, sha256s: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await db
    .select({ sha256: pictures.sha256 })
    .from(pictures)
    .where(and(inArray(pictures.sha256, [...sha256s]), sql`${pictures.deletedAt} is null`))
  return new Set(rows.map((row) => row.sha256))
}
