import { z } from 'zod'
import { operation } from '../../operation'
import type { IngestedPicture } from '../ingested'
import { leasesAsTheyCame, nameOf } from '../picture'
import { findBySha256, insertLease, insertPicture } from './store'

/**
 * Adds a picture whose original and first renditions are stored. Bytes that are there already open that picture, untouched. Times in the
 * file outside which it may not be used become leases; whether it may be used at all somebody has to say.
 */
export const addPicture = operation(
  z.custom<IngestedPicture>((value) => typeof value === 'object' && value !== null && 'sha256' in value),
  async ({ tx, actor, now, permit, tell, unchanged }, ingested) => {
    permit('picture.add')
    const picture = await insertPicture(tx, actor, ingested, now)
    if (picture === null) {
      const existing = await findBySha256(tx, ingested.sha256)
      if (existing === null) throw new Error('A picture with these bytes is there, and is not found.')
      return unchanged({ ...existing, existing: true })
    }
    for (const lease of leasesAsTheyCame(ingested.asItCame.told)) await insertLease(tx, actor, picture.id, lease, now)
    tell({ type: 'picture-added', pictureId: picture.id, picture: nameOf(picture) })
    return { id: picture.id, key: picture.key, existing: false }
  },
)
