import type { ReactNode } from 'react'
import { dayAt } from '@/domain/time/day'
import { routes } from '@/lib/routes'
import type { Site } from './site'
import { formatTime } from './time-format'

/** `current`: the page itself, if the bar links to it; `within`: its section. */
type Props = { site: Site; current?: string; within?: string; front?: boolean; children: ReactNode }

/** Around every page: nameplate and sections above, links below. */
export function PageFrame({ site, current, within, front = false, children }: Props) {
  return (
    <>
      <a className="skip" href="#content">
        Skip to the content
      </a>
      <Nameplate site={site} front={front} />
      <nav className="sections" aria-label="Sections">
        <ul>
          {[
            { name: 'Latest', href: routes.latest },
            ...site.sections.map((section) => ({ name: section.name, href: routes.section(section) })),
          ].map(({ name, href }) => (
            <li key={href}>
              <a href={href} aria-current={href === current ? 'page' : href === within ? 'true' : undefined}>
                <bdi>{name}</bdi>
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <main id="content" tabIndex={-1}>
        {children}
      </main>
      <Footer site={site} />
    </>
  )
}

function Nameplate({ site, front }: { site: Site; front: boolean }) {
  const Name = front ? 'h1' : 'p'
  return (
    <header className={front ? 'nameplate front' : 'nameplate'}>
      <Name className="name">
        <a href={routes.frontPage} aria-current={front ? 'page' : undefined}>
          <bdi>{site.siteName}</bdi>
        </a>
      </Name>
      {front && <Today timeZone={site.timeZone} />}
      <form className="search" role="search" action={routes.search}>
        <label className="hidden" htmlFor="q">
          Search
        </label>
        <input id="q" name="q" type="search" dir="auto" maxLength={200} placeholder="Search" />
        <button>Search</button>
      </form>
    </header>
  )
}

/** Today's date. The cached front page becomes stale when something is published, and at midnight. */
function Today({ timeZone }: { timeZone: string }) {
  const now = new Date()
  return (
    <p className="today">
      <time dateTime={dayAt(now, timeZone)}>{formatTime(now, timeZone, 'day')}</time>
    </p>
  )
}

function Footer({ site }: { site: Site }) {
  const links = [
    { name: 'Front page', href: routes.frontPage },
    { name: 'All headlines', href: routes.headlines },
    { name: 'Latest', href: routes.latest },
    { name: 'Corrections', href: routes.corrections },
    { name: 'Search', href: routes.search },
    { name: 'RSS', href: routes.feed },
  ]
  return (
    <footer className="foot">
      <nav aria-label="More">
        <ul>
          {links.map(({ name, href }) => (
            <li key={href}>
              <a href={href}>{name}</a>
            </li>
          ))}
        </ul>
      </nav>
      <p>Times are {site.timeZone === 'UTC' ? 'UTC' : `those of ${site.timeZone.replace(/_/gu, ' ')}`}.</p>
    </footer>
  )
}
