import { z } from 'zod'
import { operation } from '../operation'
import { refuse } from '../refusal'
import { idField } from '../story/copy-form'
import { endSessionsOf, keepPerson, lockAdmins, lockPerson, otherAdmins } from './keeping'
import { roles } from './user'

/** Another role for somebody; it holds from their next click. */
export const changeRole = operation(
  z.object({ userId: idField, role: z.enum(roles, 'Choose a role.') }),
  async ({ tx, permit, tell, unchanged }, { userId, role }) => {
    permit('people.keep')
    await lockAdmins(tx)
    const person = await lockPerson(tx, userId)
    if (person.role === role) {
      unchanged()
      return person
    }
    if (person.role === 'admin' && (await otherAdmins(tx, userId)) === 0) return refuse({ kind: 'last-admin' })
    await keepPerson(tx, { ...person, role })
    tell({ type: 'role-changed', userId, name: person.name, role, before: person.role })
    return { ...person, role }
  },
)

/** Closes the newsroom to somebody at once, on every device. What they wrote stays. */
export const disablePerson = operation(
  z.object({ userId: idField }),
  async ({ tx, now, permit, tell, unchanged }, { userId }) => {
    permit('people.keep')
    await lockAdmins(tx)
    const person = await lockPerson(tx, userId)
    if (person.disabledAt !== null) {
      unchanged()
      return person
    }
    if (person.role === 'admin' && (await otherAdmins(tx, userId)) === 0) return refuse({ kind: 'last-admin' })
    await keepPerson(tx, { ...person, disabledAt: now })
    await endSessionsOf(tx, userId, now)
    tell({ type: 'person-disabled', userId, name: person.name })
    return { ...person, disabledAt: now }
  },
)

/** Opens the newsroom to somebody again. */
export const enablePerson = operation(
  z.object({ userId: idField }),
  async ({ tx, permit, tell, unchanged }, { userId }) => {
    permit('people.keep')
    const person = await lockPerson(tx, userId)
    if (person.disabledAt === null) {
      unchanged()
      return person
    }
    await keepPerson(tx, { ...person, disabledAt: null })
    tell({ type: 'person-enabled', userId, name: person.name })
    return { ...person, disabledAt: null }
  },
)
