import type { ReactNode } from 'react'
import { routes } from '@/lib/routes'
import { PageStatus, type PageMetadata } from './page-metadata'
import { ReaderPage } from './reader-page'
import type { Site } from './site'

type Props = { site: Site; tags: string[]; address: string; staleAt?: Date | null }

/** 404, cached under the tags of what was requested: publishing it invalidates the page. */
export function NotFoundPage(props: Props) {
  return (
    <StatusPage {...props} status={404} title="Page not found" heading="We could not find that page">
      <p>The address may be mistyped, or the page was never here. These lead on:</p>
      <UsefulLinks />
    </StatusPage>
  )
}

/** 410: a withdrawn story. */
export function GonePage(props: Props) {
  return (
    <StatusPage {...props} status={410} title="Story withdrawn" heading="This story has been withdrawn">
      <p>It was published here and is no longer available. These lead on:</p>
      <UsefulLinks />
    </StatusPage>
  )
}

type MovedProps = Props & { stories?: PageMetadata['stories']; status: 301 | 302; location: string }

/** A permanent (301) or temporary (302) redirect. */
export function MovedPage(props: MovedProps) {
  return (
    <StatusPage {...props} title="This page has moved">
      <p>
        <a href={props.location}>Go to its present address</a>
      </p>
    </StatusPage>
  )
}

type StatusProps = Props &
  Partial<Pick<MovedProps, 'stories' | 'location'>> & {
    status: 301 | 302 | 404 | 410
    title: string
    heading?: string
    children: ReactNode
  }

function StatusPage({ stories = [], staleAt = null, status, location, heading, children, ...page }: StatusProps) {
  return (
    <ReaderPage {...page} {...{ stories, staleAt }} hidden>
      <PageStatus status={status} location={location} />
      <div className="answer">
        <h1>{heading ?? page.title}</h1>
        {children}
      </div>
    </ReaderPage>
  )
}

const usefulLinks = [
  { name: 'The front page', href: routes.frontPage },
  { name: 'The latest', href: routes.latest },
  { name: 'All headlines', href: routes.headlines },
  { name: 'Search', href: routes.search },
]

const UsefulLinks = () => (
  <ul>
    {usefulLinks.map(({ name, href }) => (
      <li key={href}>
        <a href={href}>{name}</a>
      </li>
    ))}
  </ul>
)
