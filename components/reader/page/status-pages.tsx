import { routes } from '@/lib/routes'
import { Head } from './head'
import type { Site } from './site'
import { PageFrame } from './page-frame'
import { PageStatus, PageMetaTags, type PageMetadata } from './page-metadata'

type Props = { site: Site; tags: string[]; address: string }

/** 404, cached under the tags of what was requested: publishing it invalidates the page. */
export function NotFoundPage({ site, tags, address, staleAt = null }: Props & { staleAt?: Date | null }) {
  return (
    <PageFrame site={site}>
      <PageMetaTags tags={tags} stories={[]} staleAt={staleAt} />
      <PageStatus status={404} />
      <Head site={site} title="Page not found" address={address} hidden />
      <div className="answer">
        <h1>We could not find that page</h1>
        <p>The address may be mistyped, or the page was never here. These lead on:</p>
        <UsefulLinks />
      </div>
    </PageFrame>
  )
}

/** 410: a withdrawn story. */
export function GonePage({ site, tags, address }: Props) {
  return (
    <PageFrame site={site}>
      <PageMetaTags tags={tags} stories={[]} staleAt={null} />
      <PageStatus status={410} />
      <Head site={site} title="Story withdrawn" address={address} hidden />
      <div className="answer">
        <h1>This story has been withdrawn</h1>
        <p>It was published here and is no longer available. These lead on:</p>
        <UsefulLinks />
      </div>
    </PageFrame>
  )
}

type MovedProps = PageMetadata & { site: Site; address: string; status: 301 | 302; to: string }

/** A permanent (301) or temporary (302) redirect. */
export function MovedPage({ site, tags, stories, staleAt, address, status, to }: MovedProps) {
  return (
    <PageFrame site={site}>
      <PageMetaTags tags={tags} stories={stories} staleAt={staleAt} />
      <PageStatus status={status} location={to} />
      <Head site={site} title="This page has moved" address={address} hidden />
      <div className="answer">
        <h1>This page has moved</h1>
        <p>
          <a href={to}>Go to its present address</a>
        </p>
      </div>
    </PageFrame>
  )
}

function UsefulLinks() {
  return (
    <ul>
      <li>
        <a href={routes.frontPage}>The front page</a>
      </li>
      <li>
        <a href={routes.latest}>The latest</a>
      </li>
      <li>
        <a href={routes.headlines}>All headlines</a>
      </li>
      <li>
        <a href={routes.search}>Search</a>
      </li>
    </ul>
  )
}
