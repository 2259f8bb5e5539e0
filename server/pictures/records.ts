import { database } from '@/db/client'
import { addPicture } from '@/domain/picture/library/adding'
import { findBySha256 } from '@/domain/picture/library/store'
import {
  findActiveUser,
  findOriginal,
  findServedPicture,
  knownKeys,
  knownSha256s,
} from '@/domain/picture/serving-queries'
import { previewShowsPicture } from '@/domain/preview/opening'
import { refusalSentence } from '@/domain/refusal-sentence'
import type { PictureRecords } from './contract'

/** The rows of pictures, in the database. */
export const pictureRecords: PictureRecords = {
  findBySha256: (sha256) => findBySha256(database(), sha256),
  async add(userId, picture) {
    // Whoever began the upload: their session may have ended meanwhile.
    const actor = await findActiveUser(database(), userId)
    if (actor === null)
      return { ok: false, sentence: 'Whoever sent this picture may not sign in any more, so it was not added.' }
    const outcome = await addPicture(actor, picture)
    return outcome.ok ? { ok: true, ...outcome.value } : { ok: false, sentence: refusalSentence(outcome.refusal) }
  },
  forServing: (key) => findServedPicture(database(), key),
  previewShows: previewShowsPicture,
  findOriginal: (key) => findOriginal(database(), key),
  knownKeys: (keys) => knownKeys(database(), keys),
  knownSha256s: (sha256s) => knownSha256s(database(), sha256s),
}
