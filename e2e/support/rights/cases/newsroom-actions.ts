import { desc, eq } from 'drizzle-orm'
import { database } from '@/db/client'
import { sections } from '@/db/schema/section'
import { invitations, users } from '@/db/schema/user'
import { openSection } from '@/domain/section/managing'
import { disablePerson } from '@/domain/people/managing'
import { commandLineActor, type User } from '@/domain/user/user'
import { routes } from '@/lib/routes'
import { actionCase, asksToSignIn, inside, type ActionCase, type Scenario } from '../case'
import { createColleague, valueOf } from '../fixture'
import { sessionCookieOf } from '../../people'
import { createInvitation } from './sign-in-pages'

const PEOPLE = 'app/admin/people/actions.ts'
const SECTIONS = 'app/admin/sections/actions.ts'

/** Only admins manage people and sections. */
const expected = inside('not allowed', { ...asksToSignIn, editor: 'not allowed' })
/** The same, where they type a name. */
const whenTyping = inside('not allowed', { editor: 'not allowed' })

export const newsroomActions: ActionCase[] = [
  actionCase(`${PEOPLE}#invite`, 'Invite somebody', whenTyping, async () => {
    const email = `${crypto.randomUUID()}@example.test`
    return {
      path: routes.admin.people,
      input: { name: 'Quill Newcomer', email, role: 'admin' },
      isDone: async () => (await database().select().from(users).where(eq(users.email, email))).length === 1,
    }
  }),
  actionCase(`${PEOPLE}#newPasswordLink`, 'Make somebody a new password link', expected, async () => {
    const { person } = await createInvitation()
    const before = await newestLinkOf(person)
    return { ...onRowOf(person), isDone: async () => (await newestLinkOf(person)) !== before }
  }),
  actionCase(`${PEOPLE}#giveRole`, 'Give somebody another role', expected, async () => {
    const { person } = await createInvitation()
    return {
      ...onRowOf(person),
      input: { role: 'admin' },
      isDone: async () => (await rowOf(person))?.role === 'admin',
    }
  }),
  actionCase(
    `${PEOPLE}#giveRole`,
    'Give oneself another role',
    { ...expected, admin: 'done, and out' },
    async ({ people }, visitor) => {
      // Only an admin's attempt succeeds and ends the session, so only that needs a person of its own.
      const self =
        visitor === 'admin' ? await createColleague('admin') : people[visitor === 'anonymous' ? 'reporter' : visitor]
      const role = visitor === 'admin' ? 'editor' : 'admin'
      return {
        ...onRowOf(self),
        input: { role },
        ...(visitor === 'admin' ? { cookie: await sessionCookieOf(self) } : {}),
        isDone: async () => (await rowOf(self))?.role === role,
      }
    },
  ),
  actionCase(`${PEOPLE}#disable`, 'Close the newsroom to somebody', expected, async () => {
    const { person } = await createInvitation()
    return { ...onRowOf(person), isDone: async () => (await rowOf(person))?.disabledAt !== null }
  }),
  actionCase(`${PEOPLE}#enable`, 'Open the newsroom to somebody again', expected, async () => {
    const { person } = await createInvitation()
    valueOf(await disablePerson(commandLineActor, { userId: person.id }))
    return { ...onRowOf(person), isDone: async () => (await rowOf(person))?.disabledAt === null }
  }),
  actionCase(`${SECTIONS}#open`, 'Open a section', whenTyping, async () => {
    const name = newName()
    return { path: routes.admin.sections, input: { name }, isDone: async () => isSection(name) }
  }),
  actionCase(`${SECTIONS}#rename`, 'Rename a section', whenTyping, async () => {
    const section = valueOf(await openSection(commandLineActor, { name: newName() }))
    const name = newName()
    return {
      path: routes.admin.sections,
      formFields: { sectionId: String(section.id) },
      input: { name },
      isDone: async () => isSection(name),
    }
  }),
]

const newName = () => `Harbour ${crypto.randomUUID().slice(0, 8)}`

const onRowOf = ({ id }: { id: number }): Pick<Scenario, 'path' | 'formFields'> => ({
  path: routes.admin.people,
  formFields: { userId: String(id) },
})

async function rowOf({ id }: { id: number }) {
  const [row] = await database().select().from(users).where(eq(users.id, id))
  return row
}

async function newestLinkOf({ id }: User): Promise<number | undefined> {
  const [row] = await database()
    .select({ id: invitations.id })
    .from(invitations)
    .where(eq(invitations.userId, id))
    .orderBy(desc(invitations.id))
    .limit(1)
  return row?.id
}

async function isSection(name: string): Promise<boolean> {
  return (await database().select().from(sections).where(eq(sections.name, name))).length === 1
}
