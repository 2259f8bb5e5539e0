/**
 * `until`: when something newer stands there; the page may be shown as it was after that, if we are broken.
 * `ends`: when a story on it is taken away; the page may not be shown after that, whatever is broken (domain/story/live-story.ts, `firstEnd`).
 */
export type PageMetadata = { tags: string[]; staleAt: Date | null; neverServeAfter: Date | null }

/** The names under which this page is remembered; the front door takes them out and forgets the page when one of them goes stale. */
export function PageMetaTags({ tags, staleAt, neverServeAfter }: PageMetadata) {
  return (
    <>
      <meta name="page-tags" content={[...new Set(tags)].join(' ')} />
      {staleAt && <meta name="page-until" content={staleAt.toISOString()} />}
      {neverServeAfter && <meta name="page-ends" content={neverServeAfter.toISOString()} />}
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
export function metadataHeaders({ tags, staleAt, neverServeAfter }: PageMetadata): Record<string, string> {
  return {
    'x-page-tags': tags.join(' '),
    ...(staleAt ? { 'x-page-until': staleAt.toISOString() } : {}),
    ...(neverServeAfter ? { 'x-page-ends': neverServeAfter.toISOString() } : {}),
  }
}
