import { correctionIdsIn, type Body } from '../body/body'

export const correctionKinds = ['correction', 'clarification', 'update', 'retraction'] as const
export type CorrectionKind = (typeof correctionKinds)[number]

/** Characters. */
export const MAX_CORRECTION_LENGTH = 2000

/** A correction of a published story. Reworded, it keeps the id and time of its first wording. */
export type Correction = { id: number; kind: CorrectionKind; words: string; publishedAt: Date }

/** A correction for editors: `newestId` is the id of the wording that readers see. */
export type StoredCorrection = Correction & {
  newestId: number
  publishedByName: string
  /** Former wordings, oldest first. */
  former: { kind: CorrectionKind; words: string; by: string; at: Date }[]
}

/** A retraction stands above its story; other corrections stand where the body places them, or below the story. */
export function byPosition(
  corrections: Correction[],
  body: Body | null,
): Record<'above' | 'within' | 'below', Correction[]> {
  const placed = new Set(correctionIdsIn(body))
  const others = corrections.filter(({ kind }) => kind !== 'retraction')
  return {
    above: corrections.filter(({ kind }) => kind === 'retraction'),
    within: others.filter(({ id }) => placed.has(id)),
    below: others.filter(({ id }) => !placed.has(id)),
  }
}

export function newest(corrections: Correction[]): Correction | null {
  return corrections.reduce<Correction | null>(
    (last, correction) => (last === null || correction.publishedAt >= last.publishedAt ? correction : last),
    null,
  )
}

/** `done` is what the kind makes of a story. */
export const correctionNames: Record<CorrectionKind, { label: string; withArticle: string; done: string }> = {
  correction: { label: 'Correction', withArticle: 'a correction', done: 'Corrected' },
  clarification: { label: 'Clarification', withArticle: 'a clarification', done: 'Clarified' },
  update: { label: 'Update', withArticle: 'an update', done: 'Updated' },
  retraction: { label: 'Retraction', withArticle: 'a retraction', done: 'Retracted' },
}
