import { desc, eq } from 'drizzle-orm'
import { database } from '@/db/client'
import { sections } from '@/db/schema/section'
import { invitations, users } from '@/db/schema/user'
import { openSection } from '@/domain/section/managing'
import { disablePerson } from '@/domain/people/managing'
import { commandLineActor, type User } from '@/domain/user/user'
import { routes } from '@/lib/routes'
import { inside, type ActionCase, type Scenario } from './action-case'
import { createColleague, signedInAs, valueOf } from './fixture'
import { createInvitation } from './sign-in-pages'

const PEOPLE = 'app/admin/people/actions.ts'
const SECTIONS = 'app/admin/sections/actions.ts'

/** Only admins run the house. */
const may = inside('not allowed', { editor: 'not allowed', anonymous: 'sign in' })
/** Where they write something for it. */
const mayWrite = inside('not allowed', { editor: 'not allowed' })

export const newsroomActions: ActionCase[] = [
  {
    act: `${PEOPLE}#invite`,
    words: 'Invite somebody',
    scene: async () => {
      const email = `${crypto.randomUUID()}@example.test`
      return {
        at: routes.admin.people,
        types: { name: 'Quill Newcomer', email, role: 'admin' },
        isDone: async () => (await database().select().from(users).where(eq(users.email, email))).length === 1,
      }
    },
    may: mayWrite,
  },
  {
    act: `${PEOPLE}#newPasswordLink`,
    words: 'Make somebody a new password link',
    scene: async () => {
      const { person } = await createInvitation()
      const before = await newestLinkOf(person)
      return { ...onLineOf(person), isDone: async () => (await newestLinkOf(person)) !== before }
    },
    may,
  },
  {
    act: `${PEOPLE}#giveRole`,
    words: 'Give somebody another role',
    scene: async () => {
      const { person } = await createInvitation()
      return {
        ...onLineOf(person),
        types: { role: 'admin' },
        isDone: async () => (await rowOf(person))?.role === 'admin',
      }
    },
    may,
  },
  {
    act: `${PEOPLE}#giveRole`,
    words: 'Give oneself another role',
    scene: async ({ people, actionIds }, visitor) => {
      // Only an admin's attempt goes through, so only that needs somebody new.
      const self =
        visitor === 'admin' ? await createColleague('admin') : people[visitor === 'anonymous' ? 'reporter' : visitor]
      const role = visitor === 'admin' ? 'editor' : 'admin'
      return {
        ...onLineOf(self),
        types: { role },
        ...(visitor === 'admin' ? { cookie: await signedInAs(self, actionIds) } : {}),
        isDone: async () => (await rowOf(self))?.role === role,
      }
    },
    may: { ...may, admin: 'done, and out' },
  },
  {
    act: `${PEOPLE}#disable`,
    words: 'Close the newsroom to somebody',
    scene: async () => {
      const { person } = await createInvitation()
      return { ...onLineOf(person), isDone: async () => (await rowOf(person))?.disabledAt !== null }
    },
    may,
  },
  {
    act: `${PEOPLE}#enable`,
    words: 'Open the newsroom to somebody again',
    scene: async () => {
      const { person } = await createInvitation()
      valueOf(await disablePerson(commandLineActor, { userId: person.id }))
      return { ...onLineOf(person), isDone: async () => (await rowOf(person))?.disabledAt === null }
    },
    may,
  },
  {
    act: `${SECTIONS}#open`,
    words: 'Open a section',
    scene: async () => {
      const name = aName()
      return { at: routes.admin.sections, types: { name }, isDone: async () => isSection(name) }
    },
    may: mayWrite,
  },
  {
    act: `${SECTIONS}#rename`,
    words: 'Rename a section',
    scene: async () => {
      const section = valueOf(await openSection(commandLineActor, { name: aName() }))
      const name = aName()
      return {
        at: routes.admin.sections,
        holds: { sectionId: String(section.id) },
        types: { name },
        isDone: async () => isSection(name),
      }
    },
    may: mayWrite,
  },
]

const aName = () => `Harbour ${crypto.randomUUID().slice(0, 8)}`

const onLineOf = ({ id }: { id: number }): Pick<Scenario, 'at' | 'holds'> => ({
  at: routes.admin.people,
  holds: { userId: String(id) },
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
