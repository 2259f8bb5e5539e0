import { InvitePerson } from '@/components/admin/people/invite-person'
import { PersonRow } from '@/components/admin/people/person-row'
import { NotFound } from '@/components/admin/layout/error-pages'
import { Page } from '@/components/admin/layout/page'
import { database } from '@/db/client'
import { listUsers } from '@/domain/people/store'
import { can } from '@/domain/user/permission'
import { routes } from '@/lib/routes'
import { requireActor } from '@/lib/session'
import { renderPage } from '../render-page'
import { disable, enable, giveRole, invite, newPasswordLink } from './actions'

/** Invites people, changes roles, and disables logins. */
export default function PeoplePage() {
  return renderPage(async () => {
    const actor = await requireActor(routes.admin.people)
    if (!can(actor, 'people.manage')) return <NotFound />
    const people = await listUsers(database())
    return (
      <Page title="People" wide>
        <InvitePerson invite={invite} />
        <ol className="rows" aria-label="People with a login">
          {people.map((person) => (
            <PersonRow key={person.id} person={person} actions={{ giveRole, disable, enable, newPasswordLink }} />
          ))}
        </ol>
      </Page>
    )
  })
}
