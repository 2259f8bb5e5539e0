import type { Copy } from '../copy/copy-fields'
import { isPictureId, type Place } from './use'

/** A place of a picture in a copy; `position` counts from 0 within the place. */
export type PlacedPicture = {
  pictureId: number
  place: Place
  position: number
  /** Of this place; null: the picture’s. */
  alt: string | null
}

/**
 * Every picture of a copy, in its order: the one at its head, and any node of the body that names one (`pictureId`, and its own alt text as `alt`), so that a block with pictures needs
 * nothing here.
 */
export function picturesOf({ picture, alt, body }: Pick<Copy, 'picture' | 'alt' | 'body'>): PlacedPicture[] {
  const lead = picture === null ? [] : [{ pictureId: picture.pictureId, place: 'lead', position: 0, alt } as const]
  const inBody = usesIn(body?.content ?? []).map((use, position) => ({ ...use, place: 'body', position }) as const)
  return [...lead, ...inBody]
}

type Node = { attrs?: { pictureId?: unknown; alt?: unknown }; content?: unknown }

function usesIn(nodes: unknown): { pictureId: number; alt: string | null }[] {
  if (!Array.isArray(nodes)) return []
  return nodes.flatMap(({ attrs, content }: Node) => {
    const alt = typeof attrs?.alt === 'string' ? attrs.alt : null
    const own = isPictureId(attrs?.pictureId) ? [{ pictureId: attrs.pictureId, alt }] : []
    return [...own, ...usesIn(content)]
  })
}

/** The copy with another picture in every place of the first. Captions and alt texts of the story stay. */
export function withPictureReplaced<Some extends Pick<Copy, 'picture' | 'body'>>(
  copy: Some,
  from: number,
  to: number,
): Some {
  const replaced = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(replaced)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, key === 'pictureId' && inner === from ? to : replaced(inner)]),
    )
  }
  // The crop and the point were chosen for the other picture.
  const picture =
    copy.picture?.pictureId === from ? { pictureId: to, ratio: copy.picture.ratio, focus: null } : copy.picture
  return { ...copy, picture, body: replaced(copy.body) as Some['body'] }
}
