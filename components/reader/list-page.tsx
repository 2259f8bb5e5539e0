import type { Page } from '@/domain/story/live-story'
import { HeadlineList, Older } from './headlines'
import type { House } from './house'

type Props = {
  house: House
  title: string
  page: Page
  address: string
  older: boolean
  anchors?: boolean
  sections?: boolean
}

/** A page of a list, newest first. */
export function ListPage({ house, title, page, address, older, anchors, sections }: Props) {
  return (
    <div className="list-page">
      <h1>{title}</h1>
      {older && (
        <p className="newest">
          <a href={address}>Back to the newest</a>
        </p>
      )}
      {page.stories.length === 0 ? (
        <p>{older ? 'Nothing older has been published here.' : 'Nothing has been published here yet.'}</p>
      ) : (
        <HeadlineList
          stories={page.stories}
          timeZone={house.timeZone}
          label={title}
          anchors={anchors}
          sections={sections}
          level="h2"
        />
      )}
      <Older address={address} cursor={page.olderCursor} />
    </div>
  )
}
