import { randomBytes } from 'node:crypto'
import { asc, eq } from 'drizzle-orm'
import { database } from '@/db/client'
import { history } from '@/db/schema/history'
import { sentence } from '../../history/sentence'
import { aPerson, valueOf } from '../../newsroom.test-support'
import type { Actor } from '../../user/user'
import type { Told } from '../as-it-came'
import type { IngestedPicture } from '../ingested'
import { addPicture } from './adding'
import { setRights } from './clearing'
import { findPicture } from './store'

/** As it comes from the decoder. */
export const anIngestedPicture = (told: Told = {}, others: Partial<IngestedPicture> = {}): IngestedPicture => ({
  key: randomBytes(16).toString('base64url'),
  sha256: randomBytes(32).toString('hex'),
  bytes: 4000,
  format: 'jpeg',
  width: 1600,
  height: 1200,
  frames: 1,
  hasAlpha: false,
  thumbhash: '3OcRJYB4d3h/iIeHeEh3eIhw+j2w',
  colour: '#336699',
  fileName: 'pier.jpg',
  asItCame: { version: 1, told, blocks: {}, camera: {}, private: {}, credentials: null },
  warnings: [],
  ...others,
})

/** A picture of the library; by a reporter of its own unless somebody is given. */
export async function aPicture(told: Told = {}, by?: Actor): Promise<{ id: number; key: string; by: Actor }> {
  const actor = by ?? (await aPerson('reporter'))
  const { id, key } = valueOf(await addPicture(actor, anIngestedPicture(told)))
  return { id, key, by: actor }
}

/** One that may be used, with a credit and an alt text. */
export async function aUsablePicture(told: Told = { credit: 'Harbour Pictures', altText: 'A pier' }) {
  const picture = await aPicture(told)
  const editor = await aPerson('editor')
  valueOf(await setRights(editor, { pictureId: picture.id, seenRightsVersion: 1, category: 'agency' }))
  return picture
}

export async function pictureNow(id: number) {
  const picture = await findPicture(database(), id)
  if (picture === null) throw new Error(`There is no picture ${id}.`)
  return picture
}

/** Oldest first. */
export async function sentencesOfPicture(pictureId: number): Promise<string[]> {
  const rows = await database()
    .select({ event: history.event })
    .from(history)
    .where(eq(history.pictureId, pictureId))
    .orderBy(asc(history.id))
  return rows.map(({ event }) => sentence(event))
}

/** A picture at the head of a story, as the form sends it. */
export const asLead = (pictureId: number, others: object = {}) =>
  JSON.stringify({ pictureId, ratio: null, focus: null, ...others })
