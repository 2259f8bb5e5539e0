/** Renditions: a picture re-encoded in a width, a crop and a format. Everything here counts in pixels of the upright picture. */

/** Pixels. A rendition is never wider than its crop. */
export const WIDTHS = [160, 320, 480, 640, 960, 1280, 1600, 1900] as const

export const FORMATS = ['webp', 'avif', 'jpg'] as const
export type Format = (typeof FORMATS)[number]

/** `whole`: the picture as it is. In this order in looks (look.ts): append only. */
export const RATIOS = ['whole', '16:9', '4:3', '3:2', '1:1', '4:5', '5:4'] as const
export type Ratio = (typeof RATIOS)[number]

export type Size = { width: number; height: number }
export type Box = Size & { left: number; top: number }

/** The point that stays in every crop, each from 0 to 1. */
export type FocalPoint = { focusX: number; focusY: number }

export const CENTRE: FocalPoint = { focusX: 0.5, focusY: 0.5 }

/** The largest part of the picture with that ratio, as near to having the focal point in its middle as the edges allow. */
export function cropOf({ width, height }: Size, ratio: Ratio, { focusX, focusY }: FocalPoint = CENTRE): Box {
  if (ratio === 'whole') return { left: 0, top: 0, width, height }
  const [across = 1, down = 1] = ratio.split(':').map(Number)
  const isTooWide = width * down > height * across
  const cropWidth = isTooWide ? Math.max(1, Math.round((height * across) / down)) : width
  const cropHeight = isTooWide ? height : Math.max(1, Math.round((width * down) / across))
  return {
    width: cropWidth,
    height: cropHeight,
    left: startOf(focusX, width, cropWidth),
    top: startOf(focusY, height, cropHeight),
  }
}

function startOf(focus: number, whole: number, part: number): number {
  return Math.max(0, Math.min(whole - part, Math.round(focus * whole - part / 2)))
}

/** The widths in which a crop exists; a crop narrower than all of them exists in its own width. */
export function widthsFor(cropWidth: number): number[] {
  const widths = WIDTHS.filter((width) => width <= cropWidth)
  return widths.length > 0 ? widths : [cropWidth]
}

/** The size of a rendition. */
export function sizeOfRendition(crop: Size, width: number): Size {
  return { width, height: Math.max(1, Math.round((crop.height * width) / crop.width)) }
}

export type Rendition = { key: string; look: string; width: number; format: Format }

/** Where readers find a rendition. */
export const renditionPath = (rendition: Rendition) => `/pictures/${fileOf(rendition)}`

/** Where its bytes are stored. */
export const renditionStorageKey = (rendition: Rendition) => `renditions/${fileOf(rendition)}`

/** Where the file is stored as it came. */
export const originalStorageKey = (sha256: string) => `originals/${sha256.slice(0, 2)}/${sha256}`

const fileOf = ({ key, look, width, format }: Rendition) => `${key}/${look}/${width}.${format}`

const PATH = /^\/pictures\/([\w-]{10,40})\/([a-z0-9]{8,40})\/([1-9]\d{0,4})\.(webp|avif|jpg)$/u

/** Reads the path of an address; null where it is not that of a rendition. */
export function readRenditionPath(path: string): Rendition | null {
  const [, key, look, width, format] = PATH.exec(path) ?? []
  if (key === undefined || look === undefined) return null
  return { key, look, width: Number(width), format: format as Format }
}
