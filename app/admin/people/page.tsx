import { InvitePerson } from '@/components/admin/people/invite-person'
import { PersonRow } from '@/components/admin/people/person-row'
import { Page } from '@/components/admin/layout/page'
import { database } from '@/db/client'
import { listUsers } from '@/domain/people/store'
import { routes } from '@/lib/routes'
import { renderAreaPage } from '../render-page'
import * as actions from './actions'

/** Invites people, changes roles, and disables logins. */
export default function PeoplePage() {
  return renderAreaPage(routes.admin.people, 'people.manage', async () => {
    const people = await listUsers(database())
    return (
      <Page title="People" wide>
        <InvitePerson invite={actions.invite} />
        <ol className="rows" aria-label="People with a login">
          {people.map((person) => (
            <PersonRow key={person.id} person={person} actions={actions} />
          ))}
        </ol>
      </Page>
    )
  })
}
