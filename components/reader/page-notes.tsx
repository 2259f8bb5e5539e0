/**
 * `until`: when something newer stands there; the page may be shown as it was after that, if we are broken.
 * `ends`: when a story on it is taken away; the page may not be shown after that, whatever is broken (domain/story/live-story.ts, `firstEnd`).
 */
export type Tagged = { tags: string[]; until: Date | null; ends: Date | null }

/** The names under which this page is remembered; the front door takes them out and forgets the page when one of them goes stale. */
export function PageTags({ tags, until, ends }: Tagged) {
  return (
    <>
      <meta name="page-tags" content={[...new Set(tags)].join(' ')} />
      {until && <meta name="page-until" content={until.toISOString()} />}
      {ends && <meta name="page-ends" content={ends.toISOString()} />}
    </>
  )
}

/** What this page is, where it is not simply a page: the front door sends it as the answer's status. */
export function PageStatus({ status, location }: { status: 301 | 302 | 404 | 410; location?: string }) {
  return (
    <>
      <meta name="page-status" content={String(status)} />
      {location && <meta name="page-location" content={location} />}
    </>
  )
}

/** The same as headers, for what is no HTML. */
export function notes({ tags, until, ends }: Tagged): Record<string, string> {
  return {
    'x-page-tags': tags.join(' '),
    ...(until ? { 'x-page-until': until.toISOString() } : {}),
    ...(ends ? { 'x-page-ends': ends.toISOString() } : {}),
  }
}
