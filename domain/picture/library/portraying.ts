import { z } from 'zod'
import { idField } from '../../form/fields'
import { operation } from '../../operation'
import { refuse } from '../../refusal'
import { findByIds } from '../../taxonomy/store'
import { nameOf, refusalOf } from '../picture'
import { rightsRefusalSentence } from '../rights'
import { lockPicture } from './store'
import { deletePortrait, findPortrait, savePortrait } from './use-store'

/** Gives an author a portrait, or takes it away. */
export const setPortrait = operation(
  z.object({
    authorId: idField,
    pictureId: z.union([z.literal('').transform(() => null), idField]),
    timeZone: z.string().default('UTC'),
  }),
  async ({ tx, actor, now, permit, tell, unchanged }, { authorId, pictureId, timeZone }) => {
    permit('portrait.set')
    const author = (await findByIds(tx, 'author', [authorId])).get(authorId)
    if (!author) return refuse({ kind: 'not-found', what: 'author' })
    const before = await findPortrait(tx, author.id)
    if (before === pictureId) return unchanged(null)
    if (pictureId === null) await deletePortrait(tx, author.id, now)
    else {
      const picture = await lockPicture(tx, pictureId)
      const refusal = refusalOf(picture, now)
      if (refusal !== null)
        refuse({
          kind: 'unfit',
          why: `${nameOf(picture)}: ${rightsRefusalSentence(refusal, timeZone)} Choose another picture.`,
        })
      await savePortrait(tx, actor, author.id, pictureId, now)
    }
    tell({ type: 'portrait-set', authorId: author.id, name: author.name, pictureId, before })
    return null
  },
)
