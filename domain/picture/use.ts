import { RATIOS, type FocalPoint, type Ratio } from './renditions'

/** Where a picture stands in a story: at its head, in its body. Stored: append only. */
export const places = ['lead', 'body'] as const
export type Place = (typeof places)[number]

/** Where readers see a picture: in a story, or on the page of an author. */
export const livePlaces = [...places, 'portrait'] as const
export type LivePlace = (typeof livePlaces)[number]

/** A picture in a story. Its caption and alt text there are texts of the story. */
export type PictureUse = {
  pictureId: number
  /** The crop of this use; null: as the page has it. */
  ratio: Ratio | null
  /** The focal point of this use; null: the picture’s. */
  focus: FocalPoint | null
}

/** A use as it arrives from a form, a document or a column: what it does not know is left out. Null: there is none. */
export function parsePictureUse(value: unknown): PictureUse | null {
  if (typeof value !== 'object' || value === null) return null
  const { pictureId, ratio, focus } = value as Record<string, unknown>
  if (!isPictureId(pictureId)) return null
  return { pictureId, ratio: RATIOS.find((one) => one === ratio) ?? null, focus: parseFocus(focus) }
}

export const isPictureId = (id: unknown): id is number => Number.isSafeInteger(id) && (id as number) > 0

function parseFocus(value: unknown): FocalPoint | null {
  if (typeof value !== 'object' || value === null) return null
  const { focusX, focusY } = value as Record<string, unknown>
  return isShare(focusX) && isShare(focusY) ? { focusX: rounded(focusX), focusY: rounded(focusY) } : null
}

const isShare = (value: unknown): value is number => typeof value === 'number' && value >= 0 && value <= 1

/** In thousandths, as looks have it. */
export const rounded = (share: number) => Math.round(share * 1000) / 1000

export const isSameUse = (one: PictureUse | null, other: PictureUse | null): boolean =>
  useAsForm(one) === useAsForm(other)

/** A use as forms have it; of none: empty. */
export const useAsForm = (use: PictureUse | null): string => (use === null ? '' : JSON.stringify(parsePictureUse(use)))

/** A use as a form sent it; null for anything else. */
export function useFromForm(value: string): PictureUse | null {
  try {
    return parsePictureUse(JSON.parse(value))
  } catch {
    return null
  }
}

/** A use in words, for comparisons. */
export function useAsText(use: PictureUse | null): string {
  if (use === null) return ''
  const crop = use.ratio === null ? '' : `, crop ${use.ratio}`
  const point = use.focus === null ? '' : `, focal point ${percent(use.focus.focusX)} × ${percent(use.focus.focusY)}`
  return `Picture ${use.pictureId}${crop}${point}`
}

const percent = (share: number) => `${Math.round(share * 100)} %`
