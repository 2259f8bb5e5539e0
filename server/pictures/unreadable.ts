/** A file that is refused, with a sentence for the one who sent it. */
export class Unreadable extends Error {
  constructor(readonly sentence: string) {
    super(sentence)
  }
}

export const ENDS_EARLY = 'The file ends early: it did not arrive whole, or was cut before. Send it again.'

/** There was no room for what was made of it: nothing is wrong with the file. */
export class OutOfSpace extends Error {}

export const isOutOfSpace = (error: unknown) => /no space left|ENOSPC|EDQUOT|disk quota/iu.test(String(error))

/** What libvips says, as a sentence. */
export function sentenceOfError(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  if (/premature end|truncated|read error|unexpected end|end of (?:file|data)|bad seek|not enough data/iu.test(message))
    return ENDS_EARLY
  if (/pixel limit/iu.test(message)) return 'The picture has more pixels than can be read.'
  return 'The file is damaged, so the picture cannot be read.'
}
