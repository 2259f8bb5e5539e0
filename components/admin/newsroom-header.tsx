import { listWords } from '@/domain/desk/desk'
import { can } from '@/domain/user/permission'
import type { Actor } from '@/domain/user/user'
import { routes } from '@/lib/routes'
import { NewsroomNav } from './newsroom-nav.client'

type RightToARoom =
  'front-page.arrange' | 'names.keep' | 'sections.keep' | 'people.keep' | 'history.see' | 'settings.keep'

type Props = {
  actor: Actor
  siteName: string
  /** How many stories wait for this person, in words; null for none. */
  needsMe: string | null
}

/** The top of every newsroom page: where one is, where one may go, and who one is. */
export function NewsroomHeader({ actor, siteName, needsMe }: Props) {
  const may = (act: RightToARoom, href: string, name: string) => (can(actor, act) ? [{ href, name }] : [])
  const places = [
    { href: routes.admin.desk, name: 'Desk' },
    ...(needsMe === null
      ? []
      : [{ href: routes.admin.deskList('needs-me'), name: listWords['needs-me'], count: needsMe }]),
    { href: routes.admin.schedule, name: 'Schedule' },
    ...may('front-page.arrange', routes.admin.frontPage, 'Front page'),
    ...may('names.keep', routes.admin.authors, 'Authors'),
    ...may('names.keep', routes.admin.topics, 'Topics'),
    ...may('sections.keep', routes.admin.sections, 'Sections'),
    ...may('people.keep', routes.admin.people, 'People'),
    ...may('history.see', routes.admin.history, 'History'),
    ...may('settings.keep', routes.admin.settings, 'Settings'),
  ]
  return (
    <header className="bar">
      <a className="skip" href="#main">
        Skip to the content
      </a>
      <a className="site-name" href={routes.frontPage}>
        {siteName}
        <span className="visually-hidden">: see the portal as readers do</span>
      </a>
      <NewsroomNav places={places} desk={routes.admin.desk} />
      <div className="who">
        <span>
          {actor.name} <span className="role">{actor.role}</span>
        </span>
        <form method="post" action={routes.signOut}>
          <button className="button small">Sign out</button>
        </form>
      </div>
    </header>
  )
}
