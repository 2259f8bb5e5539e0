import { routes } from '@/lib/routes'
import { Head } from './head'
import type { House } from './house'
import { PageFrame } from './page-frame'
import { PageStatus, PageTags, type Tagged } from './page-notes'

type Props = { house: House; tags: string[]; address: string }

/** Nothing is here, or not yet: remembered under the name of what was asked, and forgotten when that is published. */
export function NothingHere({ house, tags, address, until = null }: Props & { until?: Date | null }) {
  return (
    <PageFrame house={house}>
      <PageTags tags={tags} until={until} ends={null} />
      <PageStatus status={404} />
      <Head house={house} title="Page not found" address={address} hidden />
      <div className="answer">
        <h1>We could not find that page</h1>
        <p>The address may be mistyped, or the page was never here. These lead on:</p>
        <WaysOn />
      </div>
    </PageFrame>
  )
}

/** A story was here and was withdrawn. */
export function Gone({ house, tags, address }: Props) {
  return (
    <PageFrame house={house}>
      <PageTags tags={tags} until={null} ends={null} />
      <PageStatus status={410} />
      <Head house={house} title="Story withdrawn" address={address} hidden />
      <div className="answer">
        <h1>This story has been withdrawn</h1>
        <p>It was published here and is no longer available. These lead on:</p>
        <WaysOn />
      </div>
    </PageFrame>
  )
}

type MovedProps = Tagged & { house: House; address: string; status: 301 | 302; to: string }

/** The page stands at another address now (301), or for the time being (302). */
export function Moved({ house, tags, until, ends, address, status, to }: MovedProps) {
  return (
    <PageFrame house={house}>
      <PageTags tags={tags} until={until} ends={ends} />
      <PageStatus status={status} location={to} />
      <Head house={house} title="This page has moved" address={address} hidden />
      <div className="answer">
        <h1>This page has moved</h1>
        <p>
          <a href={to}>Go to its present address</a>
        </p>
      </div>
    </PageFrame>
  )
}

function WaysOn() {
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
