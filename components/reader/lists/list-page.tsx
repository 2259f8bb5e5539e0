import type { ReactNode } from 'react'
import type { LiveStory, Page } from '@/domain/story/live-story'
import { routes } from '@/lib/routes'
import { textAttributes } from '@/lib/text-direction'
import { ReaderPage, type ReaderPageProps } from '../page/reader-page'
import { HeadlineList, OlderLink } from './headlines'

type FrameProps = ReaderPageProps & {
  /** The cursor of this page; null: the newest. */
  before: string | null
  olderCursor: string | null
  introduction?: ReactNode
}

/** One page of a list, between links to its newest and to its next older page. */
export function ListFrame({ before, olderCursor, introduction, children, ...page }: FrameProps) {
  const { title, address } = page
  return (
    <ReaderPage {...page} address={before ? routes.before(address, before) : address}>
      <div className="list-page">
        <h1 {...textAttributes(title)}>{title}</h1>
        {introduction}
        {before && (
          <p className="newest">
            <a href={address}>Back to the newest</a>
          </p>
        )}
        {children}
        <OlderLink address={address} cursor={olderCursor} />
      </div>
    </ReaderPage>
  )
}

type Props = Omit<FrameProps, 'stories' | 'olderCursor' | 'introduction' | 'children'> & {
  page: Page
  /** A story that the page depends on beside those of the list. */
  newest?: LiveStory
  anchors?: boolean
  sections?: boolean
}

/** A page of a list of stories, newest first. */
export function ListPage({ page: { stories, olderCursor }, newest, anchors, sections, ...frame }: Props) {
  const { site, title, before } = frame
  return (
    <ListFrame {...frame} olderCursor={olderCursor} stories={newest ? [newest, ...stories] : stories}>
      {stories.length === 0 ? (
        <p>{before ? 'Nothing older has been published here.' : 'Nothing has been published here yet.'}</p>
      ) : (
        <HeadlineList {...{ stories, anchors, sections }} timeZone={site.timeZone} label={title} level="h2" />
      )}
    </ListFrame>
  )
}
