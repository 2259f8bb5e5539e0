import { isBlankText } from '../body/inline'
import { rightsRefusalSentence, type RightsRefusal } from '../picture/rights'
import { picturesOf } from '../picture/uses'
import type { Copy } from './copy-fields'

/** Of a picture, what decides whether a story may be published with it. */
export type KnownPicture = {
  /** As it is called in sentences. */
  name: string
  hasCredit: boolean
  /** Or it is decorative. */
  hasAlt: boolean
  /** Why it may not be used at that time; null: it may. */
  refusal: RightsRefusal | null
}

/** A picture with which a story may not be published. Nobody can accept one: it is mended, also by whoever placed the picture, or an editor allows it. */
export type PictureFlaw =
  | { kind: 'picture-gone'; pictureId: number }
  | { kind: 'picture-credit' | 'picture-alt'; pictureId: number; picture: string }
  | { kind: 'picture-rights'; pictureId: number; picture: string; refusal: RightsRefusal }

/** @param pictures those of the copy that the library has (`findKnownPictures`) */
export function findPictureFlaws(copy: Copy, pictures: ReadonlyMap<number, KnownPicture>): PictureFlaw[] {
  const uses = picturesOf(copy)
  const ids = [...new Set(uses.map(({ pictureId }) => pictureId))]
  return ids.flatMap((pictureId): PictureFlaw[] => {
    const known = pictures.get(pictureId)
    if (known === undefined) return [{ kind: 'picture-gone', pictureId }]
    const { name: picture, hasCredit, hasAlt, refusal } = known
    const hasEveryAlt = uses.every((use) => use.pictureId !== pictureId || !isBlankText(use.alt ?? ''))
    return [
      ...(refusal === null ? [] : [{ kind: 'picture-rights', pictureId, picture, refusal } as const]),
      ...(hasCredit ? [] : [{ kind: 'picture-credit', pictureId, picture } as const]),
      ...(hasAlt || hasEveryAlt ? [] : [{ kind: 'picture-alt', pictureId, picture } as const]),
    ]
  })
}

export const isPictureFlaw = (flaw: { kind: string }): flaw is PictureFlaw => flaw.kind.startsWith('picture-')

export const pictureFlawKey = ({ kind, pictureId }: PictureFlaw) => `${kind} ${pictureId}`

/** In a phrase, for the history and the button. */
export const pictureFlawSubject = (flaw: PictureFlaw): string =>
  flaw.kind === 'picture-gone' ? `picture ${flaw.pictureId}` : flaw.picture

export function pictureFlawSentence(flaw: PictureFlaw, timeZone: string): string {
  switch (flaw.kind) {
    case 'picture-gone':
      return `Picture ${flaw.pictureId} is not in the library any more: take it out, or choose another.`
    case 'picture-credit':
      return `Say whose ${flaw.picture} is: the picture has no credit.`
    case 'picture-alt':
      return `Describe ${flaw.picture} for readers who do not see it, or say that it is decorative.`
    case 'picture-rights':
      return `${flaw.picture}: ${rightsRefusalSentence(flaw.refusal, timeZone)} Choose another picture, or ask an editor to allow it for a time, with a reason.`
  }
}
