import { correctionIdsIn, type Body } from '../body/body'

/** What a note below a story is: something was wrong, was unclear, has gone on, or should never have stood there. */
export const correctionKinds = ['correction', 'clarification', 'update', 'retraction'] as const
export type CorrectionKind = (typeof correctionKinds)[number]

/** The longest note, in characters: what readers should know, not the story told again. */
export const MAX_CORRECTION_LENGTH = 2000

/** What readers are told of a story after it was published. Its id and time are those of its first words, also when others took their place. */
export type Correction = { id: number; kind: CorrectionKind; words: string; publishedAt: Date }

/** A correction as its editors see it: its id is that of its first words, `newestId` that of the words readers see. */
export type StoredCorrection = Correction & {
  newestId: number
  publishedByName: string
  /** What it said before, oldest first. */
  former: { kind: CorrectionKind; words: string; by: string; at: Date }[]
}

/** A retraction stands above everything else of its story; every other note in its place in the body, or below the story. */
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

/** The note that is told of beside the story's time: the last one. */
export function newest(corrections: Correction[]): Correction | null {
  return corrections.reduce<Correction | null>(
    (last, correction) => (last === null || correction.publishedAt >= last.publishedAt ? correction : last),
    null,
  )
}

/** The kind as a label, and what it makes of a story. */
export const correctionNames: Record<CorrectionKind, { label: string; withArticle: string; done: string }> = {
  correction: { label: 'Correction', withArticle: 'a correction', done: 'Corrected' },
  clarification: { label: 'Clarification', withArticle: 'a clarification', done: 'Clarified' },
  update: { label: 'Update', withArticle: 'an update', done: 'Updated' },
  retraction: { label: 'Retraction', withArticle: 'a retraction', done: 'Retracted' },
}
