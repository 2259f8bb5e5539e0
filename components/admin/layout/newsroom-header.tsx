import { listLabels } from '@/domain/desk/desk'
import { can } from '@/domain/user/permission'
import type { Actor } from '@/domain/user/user'
import { routes } from '@/lib/routes'
import { NewsroomNav } from './newsroom-nav.client'

type AreaPermission =
  'front-page.arrange' | 'names.manage' | 'sections.manage' | 'people.manage' | 'history.see' | 'settings.manage'

type Props = {
  actor: Actor
  siteName: string
  /** The number of stories that need this user, as text; null for none. */
  needsMe: string | null
}

/** The header of every newsroom page: navigation by permission, the user, and sign-out. */
export function NewsroomHeader({ actor, siteName, needsMe }: Props) {
  const linkIfAllowed = (permission: AreaPermission, href: string, name: string) =>
    can(actor, permission) ? [{ href, name }] : []
  const links = [
    { href: routes.admin.desk, name: 'Desk' },
    ...(needsMe === null
      ? []
      : [{ href: routes.admin.deskList('needs-me'), name: listLabels['needs-me'], count: needsMe }]),
    { href: routes.admin.schedule, name: 'Schedule' },
    ...linkIfAllowed('front-page.arrange', routes.admin.frontPage, 'Front page'),
    ...linkIfAllowed('names.manage', routes.admin.authors, 'Authors'),
    ...linkIfAllowed('names.manage', routes.admin.topics, 'Topics'),
    ...linkIfAllowed('sections.manage', routes.admin.sections, 'Sections'),
    ...linkIfAllowed('people.manage', routes.admin.people, 'People'),
    ...linkIfAllowed('history.see', routes.admin.history, 'History'),
    ...linkIfAllowed('settings.manage', routes.admin.settings, 'Settings'),
  ]
  return (
    <header className="header">
      <a className="skip" href="#main">
        Skip to the content
      </a>
      <a className="site-name" href={routes.frontPage}>
        {siteName}
        <span className="visually-hidden">: see the portal as readers do</span>
      </a>
      <NewsroomNav links={links} desk={routes.admin.desk} />
      <div className="user">
        <span>
          <bdi>{actor.name}</bdi> <span className="role">{actor.role}</span>
        </span>
        <form method="post" action={routes.signOut}>
          <button className="button small">Sign out</button>
        </form>
      </div>
    </header>
  )
}
