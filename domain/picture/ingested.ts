import type { AsItCame } from './as-it-came'

/** The formats of originals that are read here. */
export const ORIGINAL_FORMATS = ['jpeg', 'png', 'webp', 'avif', 'gif'] as const
export type OriginalFormat = (typeof ORIGINAL_FORMATS)[number]

/** What is known of a picture when its original and first renditions are stored: all that its row begins with. */
export type IngestedPicture = {
  /** Random, in every public address. */
  key: string
  /** Of the original, in hex. */
  sha256: string
  bytes: number
  format: OriginalFormat
  /** Upright. Pixels. */
  width: number
  height: number
  /** 1 for a still picture. Renditions of an animation show its first frame. */
  frames: number
  hasAlpha: boolean
  /** Base64, about 30 characters. */
  thumbhash: string
  /** #rrggbb. */
  colour: string
  /** As the browser named it: cleaned, for the desk only. */
  fileName: string | null
  asItCame: AsItCame
  /** Sentences for the desk. */
  warnings: string[]
}
