import type { ReactNode } from 'react'
import { dayIn } from '@/domain/front-page/edition'
import { routes } from '@/lib/routes'
import type { House } from './house'
import { inWords } from './time-format'

/** `current`: the page itself, where it stands in the bar; `within`: the section in which it stands. */
type Props = { house: House; current?: string; within?: string; front?: boolean; children: ReactNode }

/** What stands around every page: the nameplate and the sections above, the ways on below. */
export function PageFrame({ house, current, within, front = false, children }: Props) {
  return (
    <>
      <a className="skip" href="#content">
        Skip to the content
      </a>
      <Nameplate house={house} front={front} />
      <nav className="sections" aria-label="Sections">
        <ul>
          {[
            { name: 'Latest', href: routes.latest },
            ...house.sections.map((section) => ({ name: section.name, href: routes.section(section) })),
          ].map(({ name, href }) => (
            <li key={href}>
              <a href={href} aria-current={href === current ? 'page' : href === within ? 'true' : undefined}>
                {name}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <main id="content" tabIndex={-1}>
        {children}
      </main>
      <Footer house={house} />
    </>
  )
}

function Nameplate({ house, front }: { house: House; front: boolean }) {
  const Name = front ? 'h1' : 'p'
  return (
    <header className={front ? 'nameplate front' : 'nameplate'}>
      <Name className="name">
        <a href={routes.frontPage} aria-current={front ? 'page' : undefined}>
          {house.siteName}
        </a>
      </Name>
      {front && <Today timeZone={house.timeZone} />}
      <form className="search" role="search" action={routes.search}>
        <label className="hidden" htmlFor="q">
          Search
        </label>
        <input id="q" name="q" type="search" maxLength={200} placeholder="Search" />
        <button>Search</button>
      </form>
    </header>
  )
}

/** The day of this edition. Remembered pages are printed again when something is published, and at midnight. */
function Today({ timeZone }: { timeZone: string }) {
  const now = new Date()
  return (
    <p className="today">
      <time dateTime={dayIn(now, timeZone)}>{inWords(now, timeZone, 'day')}</time>
    </p>
  )
}

function Footer({ house }: { house: House }) {
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
      <p>Times are {house.timeZone === 'UTC' ? 'UTC' : `those of ${house.timeZone.replace(/_/gu, ' ')}`}.</p>
    </footer>
  )
}
