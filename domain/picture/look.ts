import { createHmac } from 'node:crypto'
import { RATIOS, type FocalPoint, type Ratio } from './renditions'

/** What is written into the bytes of every rendition. */
export type Labels = {
  credit: string | null
  copyright: string | null
  creators: readonly string[]
  /** Null where the picture is decorative or has no alt text yet. */
  alt: string | null
  /** The address of the term, or its last part. */
  digitalSourceType: string | null
}

export type Look = { ratio: Ratio } & FocalPoint

/** Raised when the encoder's settings change: new addresses, and the old ones keep their bytes. One character. */
const ENCODER = '1'

/** Focal points are kept in thousandths. */
const STEPS = 1000

const LABELS_LENGTH = 5
const CHECK_LENGTH = 7
const LOOK = new RegExp(
  `^([a-z])([0-9a-z]{2})([0-9a-z]{2})([0-9a-z])([0-9a-z]{${LABELS_LENGTH}})([0-9a-z]{${CHECK_LENGTH}})$`,
  'u',
)

/**
 * The part of an address that says which crop, by which encoder and with which labels. It names all of that itself, so that any server can make a
 * rendition that is missing, also of a former look; and it ends in a check, so that nobody else can ask for looks without end. The key of
 * the check is the original's sha256, which no page shows.
 */
export function lookOf({ sha256, labels, ...look }: Look & { sha256: string; labels: Labels }): string {
  const { ratio } = look
  // Where the whole picture is shown, its focal point changes nothing.
  const { focusX, focusY } = ratio === 'whole' ? { focusX: 0.5, focusY: 0.5 } : look
  const crop = String.fromCodePoint(97 + RATIOS.indexOf(ratio)) + stepsOf(focusX) + stepsOf(focusY)
  const named = crop + ENCODER + digest(sha256, labelsText(labels), LABELS_LENGTH)
  return named + digest(sha256, named, CHECK_LENGTH)
}

/** Reads a look that was made for the picture with that original; null for any other text. */
export function readLook(text: string, sha256: string): Look | null {
  const [, crop = '', x = '', y = '', encoder = '', labels = '', check] = LOOK.exec(text) ?? []
  const ratio = RATIOS[(crop.codePointAt(0) ?? 0) - 97]
  if (ratio === undefined || digest(sha256, crop + x + y + encoder + labels, CHECK_LENGTH) !== check) return null
  return { ratio, focusX: parseInt(x, 36) / STEPS, focusY: parseInt(y, 36) / STEPS }
}

const stepsOf = (focus: number) =>
  Math.round(Math.min(1, Math.max(0, focus)) * STEPS)
    .toString(36)
    .padStart(2, '0')

const labelsText = ({ credit, copyright, creators, alt, digitalSourceType }: Labels) =>
  JSON.stringify([credit, copyright, creators, alt, digitalSourceType])

function digest(key: string, text: string, length: number): string {
  const bytes = createHmac('sha256', key).update(text).digest()
  return bytes.readBigUInt64BE().toString(36).padStart(length, '0').slice(-length)
}
