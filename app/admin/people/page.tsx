import { InvitePerson } from '@/components/admin/people-invite'
import { PersonRow } from '@/components/admin/people-row'
import { NotHere } from '@/components/admin/not-here'
import { Title } from '@/components/admin/title'
import { database } from '@/db/client'
import { listPeople } from '@/domain/user/keeping'
import { can } from '@/domain/user/permission'
import { routes } from '@/lib/routes'
import { requireActor } from '@/lib/session'
import { answered } from '../answered'
import { disable, enable, giveRole, invite, newPasswordLink } from './actions'

/** People: who may come in, and what they may do. */
export default function PeoplePage() {
  return answered(async () => {
    const actor = await requireActor(routes.admin.people)
    if (!can(actor, 'people.keep')) return <NotHere />
    const people = await listPeople(database())
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
