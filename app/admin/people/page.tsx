import { InvitePerson } from '@/components/admin/people/invite-person'
import { PersonRow } from '@/components/admin/people/person-row'
import { NotFound } from '@/components/admin/layout/not-found'
import { Title } from '@/components/admin/layout/title'
import { database } from '@/db/client'
import { listUsers } from '@/domain/user/store'
import { can } from '@/domain/user/permission'
import { routes } from '@/lib/routes'
import { requireActor } from '@/lib/session'
import { renderPage } from '../render-page'
import { disable, enable, giveRole, invite, newPasswordLink } from './actions'

/** People: who may come in, and what they may do. */
export default function PeoplePage() {
  return renderPage(async () => {
    const actor = await requireActor(routes.admin.people)
    if (!can(actor, 'people.keep')) return <NotFound />
    const people = await listUsers(database())
    return (
      <main id="main" className="page" tabIndex={-1}>
        <Title>People</Title>
        <h1>People</h1>
        <InvitePerson invite={invite} at={routes.admin.people} />
        <ol className="rows" aria-label="People with a login">
          {people.map((person) => (
            <PersonRow
              key={person.id}
              {...{ person, at: routes.admin.people, actions: { giveRole, disable, enable, newPasswordLink } }}
            />
          ))}
        </ol>
      </main>
    )
  })
}
