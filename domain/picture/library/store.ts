import { and, asc, eq, getTableColumns, inArray, isNull, sql } from 'drizzle-orm'
import type { Database, Transaction } from '@/db/client'
import { pictureLeases, pictures, pictureSearch } from '@/db/schema/picture'
import { refuse } from '../../refusal'
import { vectorLiteral } from '../../search/vector'
import type { Actor } from '../../user/user'
import type { IngestedPicture } from '../ingested'
import { textsOfPicture, type Picture } from '../picture'
import { pictureFieldKeys, type DeskFields, type PictureTexts } from '../picture-fields'
import type { FocalPoint } from '../renditions'
import type { Lease, Rights } from '../rights'

/** The columns of a picture that is not deleted. */
const { lacksCredit: _lacksCredit, lacksAlt: _lacksAlt, ...columns } = getTableColumns(pictures)
type Row = Omit<typeof pictures.$inferSelect, 'lacksCredit' | 'lacksAlt'>

/** Locks a picture until the transaction ends: nobody begins to use it meanwhile. */
export async function lockPicture(tx: Transaction, id: number): Promise<Picture> {
  return (await lockPictures(tx, [id])).get(id) ?? refuse({ kind: 'not-found', what: 'picture' })
}

/** In the order of their ids; without those that are deleted. */
export async function lockPictures(tx: Transaction, ids: readonly number[]): Promise<Map<number, Picture>> {
  const rows = await tx
    .select(columns)
    .from(pictures)
    .where(and(inArray(pictures.id, [...ids]), isNull(pictures.deletedAt)))
    .orderBy(asc(pictures.id))
    .for('update')
  const leases = await findLeases(tx, ids)
  return new Map(rows.map((row) => [row.id, toPicture(row, leases)]))
}

export async function findPicture(db: Database | Transaction, id: number): Promise<Picture | null> {
  return (await findPictures(db, [id])).get(id) ?? null
}

/** By their ids; without those that are deleted, or that never were. */
export async function findPictures(db: Database | Transaction, ids: readonly number[]): Promise<Map<number, Picture>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .select(columns)
    .from(pictures)
    .where(and(inArray(pictures.id, [...new Set(ids)]), isNull(pictures.deletedAt)))
  const leases = await findLeases(
    db,
    rows.map(({ id }) => id),
  )
  return new Map(rows.map((row) => [row.id, toPicture(row, leases)]))
}

/** Without those that were ended by hand, oldest first. */
async function findLeases(db: Database | Transaction, ids: readonly number[]) {
  if (ids.length === 0) return []
  return db
    .select()
    .from(pictureLeases)
    .where(and(inArray(pictureLeases.pictureId, [...ids]), isNull(pictureLeases.endedAt)))
    .orderBy(asc(pictureLeases.id))
}

/** Rows become pictures here and nowhere else. */
export function toPicture(row: Row, leases: (typeof pictureLeases.$inferSelect)[]): Picture {
  const { rightsCategory, rightsLicence, rightsRestriction, rightsNote, focusX, focusY, deletedAt: _, ...others } = row
  return {
    ...others,
    desk: Object.fromEntries(pictureFieldKeys.map((field) => [field, row[field]])) as DeskFields,
    rights: { category: rightsCategory, licence: rightsLicence, restriction: rightsRestriction, note: rightsNote },
    leases: leases
      .filter(({ pictureId }) => pictureId === row.id)
      .map(({ id, kind, from, until, note }) => ({ id, kind, from, until, note })),
    focus: { focusX, focusY },
  }
}

export async function findBySha256(db: Database | Transaction, sha256: string) {
  const [row] = await db
    .select({ id: pictures.id, key: pictures.key })
    .from(pictures)
    .where(and(eq(pictures.sha256, sha256), isNull(pictures.deletedAt)))
  return row ?? null
}

/** @returns null where the same bytes are there already, also from a transaction at the same time */
export async function insertPicture(tx: Transaction, actor: Actor, picture: IngestedPicture, now: Date) {
  const [row] = await tx
    .insert(pictures)
    .values({
      ...picture,
      savedAt: now,
      savedByName: actor.name,
      rightsSavedByName: actor.name,
      uploadedAt: now,
      uploadedById: actor.id,
      uploadedByName: actor.name,
    })
    .onConflictDoNothing({ target: pictures.sha256, where: isNull(pictures.deletedAt) })
    .returning(columns)
  if (!row) return null
  const added = toPicture(row, [])
  await indexPicture(tx, added)
  return added
}

export async function updateFields(tx: Transaction, actor: Actor, picture: Picture, desk: DeskFields, now: Date) {
  const saved = { ...picture, desk, version: picture.version + 1, savedAt: now, savedByName: actor.name }
  await tx
    .update(pictures)
    .set({ ...desk, version: saved.version, savedAt: now, savedByName: actor.name })
    .where(eq(pictures.id, picture.id))
  await indexPicture(tx, saved)
  return saved
}

export async function updateRights(tx: Transaction, actor: Actor, picture: Picture, rights: Rights) {
  const rightsVersion = picture.rightsVersion + 1
  await tx
    .update(pictures)
    .set({
      rightsCategory: rights.category,
      rightsLicence: rights.licence,
      rightsRestriction: rights.restriction,
      rightsNote: rights.note,
      rightsVersion,
      rightsSavedByName: actor.name,
    })
    .where(eq(pictures.id, picture.id))
  return { ...picture, rights, rightsVersion, rightsSavedByName: actor.name }
}

export async function updateFocus(tx: Transaction, id: number, focus: FocalPoint) {
  await tx.update(pictures).set(focus).where(eq(pictures.id, id))
}

export async function insertLease(
  tx: Transaction,
  actor: Actor,
  pictureId: number,
  lease: Omit<Lease, 'id'>,
  now: Date,
): Promise<Lease> {
  const [row] = await tx
    .insert(pictureLeases)
    .values({ ...lease, pictureId, createdAt: now, createdById: actor.id, createdByName: actor.name })
    .returning({ id: pictureLeases.id })
  return { ...lease, id: row!.id }
}

export async function endLeaseRow(tx: Transaction, actor: Actor, leaseId: number, now: Date) {
  await tx.update(pictureLeases).set({ endedAt: now, endedByName: actor.name }).where(eq(pictureLeases.id, leaseId))
}

export async function markDeleted(tx: Transaction, ids: readonly number[], now: Date) {
  await tx
    .update(pictures)
    .set({ deletedAt: now })
    .where(inArray(pictures.id, [...ids]))
  await tx.delete(pictureSearch).where(inArray(pictureSearch.pictureId, [...ids]))
}

async function indexPicture(tx: Transaction, picture: Picture) {
  const vector = vectorLiteral(searchedTextsOf(textsOfPicture(picture), picture.fileName, picture.uploadedByName))
  await tx
    .insert(pictureSearch)
    .values({ pictureId: picture.id, vector })
    .onConflictDoUpdate({ target: pictureSearch.pictureId, set: { vector: sql`excluded.vector` } })
}

function searchedTextsOf(texts: PictureTexts, fileName: string | null, uploader: string) {
  return [
    { weight: 'A', text: texts.caption },
    { weight: 'B', text: texts.people.join('\n') },
    { weight: 'B', text: texts.keywords.join('\n') },
    { weight: 'C', text: [texts.credit, ...texts.byline, texts.source, texts.copyright].join('\n') },
    { weight: 'C', text: texts.takenWhere },
    { weight: 'C', text: texts.alt },
    { weight: 'D', text: [texts.instructions, fileName ?? '', uploader].join('\n') },
  ] as const
}
