import { metadataHeaders, type PageMetadata } from '@/components/reader/page/page-metadata'

/** A response for readers that is not HTML, with its metadata for the page cache. */
export function fileResponse(type: string, body: string, metadata: PageMetadata, status = 200): Response {
  return new Response(body, {
    status,
    headers: { 'content-type': `${type}; charset=utf-8`, ...metadataHeaders(metadata) },
  })
}
