import { z } from 'zod'
import { idField } from '../../form/fields'
import { operation } from '../../operation'
import { refuse } from '../../refusal'
import { nameOf } from '../picture'
import { lockPicture, lockPictures, markDeleted } from './store'
import { findUsed, findUses, useInWords } from './use-queries'

/** Deletes a picture that nothing uses. Its row stays for the history and for old versions of stories; its files go. */
export const deletePicture = operation(
  z.object({ pictureId: idField }),
  async ({ tx, now, permit, tell }, { pictureId }) => {
    const picture = await lockPicture(tx, pictureId)
    permit('picture.delete', picture)
    const uses = await findUses(tx, pictureId)
    if (uses.length > 0) refuse({ kind: 'used', places: uses.map(useInWords) })
    await markDeleted(tx, [pictureId], now)
    tell({ type: 'picture-deleted', pictureId, picture: nameOf(picture) })
    return picture
  },
)

/** More are deleted in several steps. */
const MAX_DELETED_AT_ONCE = 200

/** Deletes pictures of the list of unused ones. One that is used by now stays. */
export const clearUnused = operation(
  z.object({ pictureIds: z.array(idField).min(1, 'Choose a picture.').max(MAX_DELETED_AT_ONCE) }),
  async ({ tx, now, permit, tell, unchanged }, { pictureIds }) => {
    const deleted: number[] = []
    const kept: number[] = []
    const pictures = await lockPictures(tx, pictureIds)
    const used = await findUsed(tx, [...pictures.keys()])
    for (const [pictureId, picture] of pictures) {
      permit('picture.delete', picture)
      if (used.has(pictureId)) {
        kept.push(pictureId)
        continue
      }
      deleted.push(pictureId)
      tell({ type: 'picture-deleted', pictureId, picture: nameOf(picture) })
    }
    if (deleted.length === 0) return unchanged({ deleted, kept })
    await markDeleted(tx, deleted, now)
    return { deleted, kept }
  },
)
