import { z } from 'zod'
import { lock } from '@/db/locks'
import { operation } from '../operation'
import { refuse } from '../refusal'
import { idField } from '../form/fields'
import { revokeSessionsOf, updateUser, lockUser, countOtherAdmins } from './store'
import { roles } from '../user/user'

/** Takes effect with the user’s next request. */
export const changeRole = operation(
  z.object({ userId: idField, role: z.enum(roles, 'Choose a role.') }),
  async ({ tx, permit, tell, unchanged }, { userId, role }) => {
    permit('people.manage')
    await lock(tx, 'admins')
    const person = await lockUser(tx, userId)
    if (person.role === role) return unchanged(person)
    if (person.role === 'admin' && (await countOtherAdmins(tx, userId)) === 0) return refuse({ kind: 'last-admin' })
    await updateUser(tx, { ...person, role })
    tell({ type: 'role-changed', userId, name: person.name, role, before: person.role })
    return { ...person, role }
  },
)

/** Takes effect at once on every device. What the user wrote stays. */
export const disablePerson = operation(
  z.object({ userId: idField }),
  async ({ tx, now, permit, tell, unchanged }, { userId }) => {
    permit('people.manage')
    await lock(tx, 'admins')
    const person = await lockUser(tx, userId)
    if (person.disabledAt !== null) return unchanged(person)
    if (person.role === 'admin' && (await countOtherAdmins(tx, userId)) === 0) return refuse({ kind: 'last-admin' })
    await updateUser(tx, { ...person, disabledAt: now })
    await revokeSessionsOf(tx, userId, now)
    tell({ type: 'person-disabled', userId, name: person.name })
    return { ...person, disabledAt: now }
  },
)

export const enablePerson = operation(
  z.object({ userId: idField }),
  async ({ tx, permit, tell, unchanged }, { userId }) => {
    permit('people.manage')
    const person = await lockUser(tx, userId)
    if (person.disabledAt === null) return unchanged(person)
    await updateUser(tx, { ...person, disabledAt: null })
    tell({ type: 'person-enabled', userId, name: person.name })
    return { ...person, disabledAt: null }
  },
)
