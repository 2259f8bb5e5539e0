/** Readers may see nothing new of the story before `until`; the note says whose embargo it is, and why. */
export type Embargo = { until: Date; note: string }

export function embargoedAt({ embargo }: { embargo: Embargo | null }, at: Date): Embargo | null {
  return embargo !== null && at < embargo.until ? embargo : null
}

/** An embargo in one line, as a form sends back what its page showed; of none: empty. Browsers change line breaks, so there are none. */
export function embargoToken(embargo: Embargo | null): string {
  return embargo === null ? '' : `${embargo.until.toISOString()} ${embargo.note.replace(/\s+/gu, ' ')}`
}
