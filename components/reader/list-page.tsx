import type { Page } from '@/domain/story/live-story'
import { HeadlineList, OlderLink } from './headlines'
import type { Site } from './page/site'

type Props = {
  site: Site
  title: string
  page: Page
  address: string
  older: boolean
  anchors?: boolean
  sections?: boolean
}

/** A page of a list, newest first. */
export function ListPage({ site, title, page, address, older, anchors, sections }: Props) {
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
          timeZone={site.timeZone}
          label={title}
          anchors={anchors}
          sections={sections}
          level="h2"
        />
      )}
      <OlderLink address={address} cursor={page.olderCursor} />
    </div>
  )
}
