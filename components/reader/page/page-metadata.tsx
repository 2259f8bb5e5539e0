import { formatIdRanges, idRangesOf } from '@/domain/story/id-ranges'
import { earliestUnpublish, type LiveStory } from '@/domain/story/live-story'

/** The metadata of a page for the page cache (server/http/page-metadata.ts reads it). */
export type PageMetadata = {
  /** A change with one of these tags makes the page stale. */
  tags: string[]
  /** Every story on the page: when one is unpublished or withdrawn, the page is not served any more, not even stale. */
  stories: readonly StoryOnPage[]
  /** When the page changes without an event. */
  staleAt: Date | null
}

type StoryOnPage = Pick<LiveStory, 'id' | 'unpublishAt'>

export function PageMetaTags(metadata: PageMetadata) {
  return Object.entries(contentsOf(metadata)).map(([name, content]) => (
    <meta key={name} name={`page-${name}`} content={content} />
  ))
}

/** The status of a page that is not a 200: the front door sends it. */
export function PageStatus({ status, location }: { status: 301 | 302 | 404 | 410; location?: string }) {
  return (
    <>
      <meta name="page-status" content={String(status)} />
      {location && <meta name="page-location" content={location} />}
    </>
  )
}

/** The same as response headers, for what is not HTML. */
export function metadataHeaders(metadata: PageMetadata): Record<string, string> {
  return Object.fromEntries(Object.entries(contentsOf(metadata)).map(([name, content]) => [`x-page-${name}`, content]))
}

function contentsOf({ tags, stories, staleAt }: PageMetadata): Record<string, string> {
  const neverServeAfter = earliestUnpublish(stories)
  return {
    tags: [...new Set(tags)].join(' '),
    ...(stories.length > 0 ? { stories: formatIdRanges(idRangesOf(stories.map(({ id }) => id))) } : {}),
    ...(staleAt ? { 'stale-at': staleAt.toISOString() } : {}),
    ...(neverServeAfter ? { 'never-serve-after': neverServeAfter.toISOString() } : {}),
  }
}
