import type { ComponentProps } from 'react'
import { Head } from './head'
import { PageFrame } from './page-frame'
import { PageMetaTags, type PageMetadata } from './page-metadata'

export type ReaderPageProps = PageMetadata & ComponentProps<typeof Head> & ComponentProps<typeof PageFrame>

/** A page for readers: its head, its frame, and its metadata for the page cache. */
export function ReaderPage({ tags, stories, staleAt, current, within, front, children, ...head }: ReaderPageProps) {
  return (
    <PageFrame {...{ site: head.site, current, within, front }}>
      <PageMetaTags {...{ tags, stories, staleAt }} />
      <Head {...head} />
      {children}
    </PageFrame>
  )
}
