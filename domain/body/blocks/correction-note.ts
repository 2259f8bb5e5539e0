import { lineSegments, textSegments } from '../segments'
import { nodeAttributes, type BlockAttributes, type BlockDefinition } from './block'

/** The position of one of the story's corrections, by its id. Its text is stored with the corrections only. */
export type CorrectionNote = { type: 'correctionNote'; attrs: BlockAttributes & { correctionId: number } }

export const correctionNote: BlockDefinition<CorrectionNote, 'correction note'> = {
  name: 'correction note',
  nodes: { correctionNote: { content: [], isValid: ({ correctionId }) => isCorrectionId(correctionId) } },
  /** A correction has one note: of two the first stays. */
  parse(node, parser) {
    const { correctionId } = nodeAttributes(node)
    if (!isCorrectionId(correctionId) || !parser.isFirst(`correction ${correctionId}`)) return []
    return [{ type: 'correctionNote', attrs: { ...parser.id(node), correctionId } }]
  },
  text: () => null,
  segments: ({ attrs }) => [...lineSegments('note'), ...textSegments(String(attrs.correctionId))],
  signs: { note: '[correction note] ' },
}

const isCorrectionId = (id: unknown): id is number => Number.isSafeInteger(id) && Number(id) > 0
