/** Boxes of an ISO base media file, and of JUMBF, which has the same form. `start` and `end` are those of their content. */
export type IsoBox = { type: string; start: number; end: number }
type Range = { start: number; end: number }

/** More than a file that was made by a camera or a program has in one box. */
const MAX_BOXES = 5000

export function* boxesOf(bytes: Buffer, { start, end }: Range): Iterable<IsoBox> {
  let at = start
  for (let count = 0; at + 8 <= end && count < MAX_BOXES; count += 1) {
    const size = bytes.readUInt32BE(at)
    const isLarge = size === 1
    if (isLarge && at + 16 > end) return
    const length = isLarge ? Number(bytes.readBigUInt64BE(at + 8)) : size === 0 ? end - at : size
    const header = isLarge ? 16 : 8
    if (length < header) return
    yield { type: bytes.toString('latin1', at + 4, at + 8), start: at + header, end: Math.min(at + length, end) }
    at += length
  }
}

/** The first box at that path. */
export function findBox(bytes: Buffer, range: Range, path: readonly string[]): IsoBox | null {
  const [type, ...rest] = path
  for (const box of boxesOf(bytes, range))
    if (box.type === type) return rest.length === 0 ? box : findBox(bytes, box, rest)
  return null
}
