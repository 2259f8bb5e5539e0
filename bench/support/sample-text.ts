const vocabulary =
  'moon ferry kite harbour quay lamp spoon kettle rain Quibble nobody sang returned over the under of a seven'.split(
    ' ',
  )

/** Pseudo-random text, the same at every run. */
export function sampleWord(seed: number): string {
  return `${vocabulary[(seed * 7919 + (seed % 13) * 31) % vocabulary.length]}${seed % 17}`
}

export function sampleText(seed: number, count: number): string {
  return Array.from({ length: count }, (_, at) => sampleWord(seed * count + at)).join(' ')
}
