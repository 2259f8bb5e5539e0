import { expect, test } from '@playwright/test'
import { eq } from 'drizzle-orm'
import { database } from '@/db/client'
import { sessions } from '@/db/schema/user'
import { revokeSession } from '@/domain/people/sign-in'
import { changeRole, disablePerson } from '@/domain/people/managing'
import { commandLineActor } from '@/domain/user/user'
import { routes } from '@/lib/routes'
import { actionCases } from './support/rights/action-cases'
import { request } from './support/rights/http'
import { writeDocument, readDocument, rightsDocument } from './support/rights/rights-document'
import { formIn, send } from './support/rights/forms'
import { builtActions, appInventory } from './support/rights/app-inventory'
import {
  createDraft,
  createColleague,
  createFixture,
  signedInAs,
  valueOf,
  type Fixture,
} from './support/rights/fixture'
import { changedTables, readFingerprint } from './support/rights/db-fingerprint'
import { useOwnInstance } from './support/rights/own-instance'
import { pageCases } from './support/rights/page-cases'
import { expectCrossSiteRefused, expectVisibility, expectResult, type SharedScenario } from './support/rights/attempt'
import { visitors } from './support/rights/visitors'

// No browser, so nothing to trace.
test.use({ trace: 'off' })

let house: Fixture
let leave: () => Promise<void>

test.beforeAll(async () => {
  leave = await useOwnInstance()
  house = await createFixture()
})

test.afterAll(async () => leave())

test('every page, route and action has its line in the table of rights, and every line its page, route or action', () => {
  const { pages, routes: doors, actions } = appInventory()
  const there = new Set([...pages, ...doors, ...actions, ...Object.keys(builtActions())])
  const named = new Set([...pageCases.map(({ place }) => place), ...actionCases.map(({ act }) => act)])
  const missing = [...there].filter((place) => !named.has(place))
  const dead = [...named].filter((place) => !there.has(place))
  expect(
    missing.map((place) => `${place} is in no table of rights: say in e2e/support/rights who may use it.`),
    'what is missing from the tables of rights',
  ).toEqual([])
  expect(
    dead.map((place) => `${place} has a line in the tables of rights and is not there any more: take the line out.`),
    'lines of the tables of rights about nothing',
  ).toEqual([])
})

test('docs/rights.md says what the tables of rights say', async () => {
  const { updateSnapshots } = test.info().config
  const written = await rightsDocument(actionCases, pageCases)
  if (updateSnapshots === 'changed' || updateSnapshots === 'all') await writeDocument(written)
  expect(
    await readDocument(),
    'To write docs/rights.md anew: npx playwright test e2e/rights.spec.ts --project rights --update-snapshots',
  ).toBe(written)
})

test.describe('who sees', () => {
  for (const line of pageCases)
    test(`${line.place}${line.of ? `, ${line.of}` : ''}`, async () => {
      await Promise.all(visitors.map((visitor) => expectVisibility(house, line, visitor)))
    })
})

test.describe('who may', () => {
  for (const line of actionCases)
    test(`${line.words.toLowerCase()}${line.of ? `, ${line.of}` : ''} (${line.act})`, async () => {
      let left: SharedScenario | null = null
      for (const visitor of visitors) left = await expectResult(house, line, visitor, left)
    })
})

test('no form on another site does anything with an admin’s cookie', async () => {
  const firstOfEach = [...new Map(actionCases.toReversed().map((line) => [line.act, line])).values()]
  for (const line of firstOfEach) await expectCrossSiteRefused(house, line)
})

test.describe('what happened meanwhile counts at the next action:', () => {
  const meanwhile = [
    {
      title: 'whoever was signed out elsewhere is nobody',
      says: 'You were signed out.',
      happens: async (userId: number) => {
        const [session] = await database().select().from(sessions).where(eq(sessions.userId, userId))
        await revokeSession(session?.id ?? '')
      },
    },
    {
      title: 'whoever was disabled is nobody',
      says: 'You were signed out.',
      happens: async (userId: number) => void valueOf(await disablePerson(commandLineActor, { userId })),
    },
    {
      title: 'an editor who was made a reporter does not publish',
      says: 'Your role does not allow this.',
      happens: async (userId: number) => void valueOf(await changeRole(commandLineActor, { userId, role: 'reporter' })),
    },
  ]
  for (const { title, says, happens } of meanwhile)
    test(`${title}, and keeps every word`, async () => {
      const editor = await createColleague('editor')
      const cookie = await signedInAs(editor, house.actionIds)
      const story = await createDraft(editor, house.section, 'Kite at dusk')
      const address = routes.admin.story(story.id)
      const actionId = house.actionIds['app/admin/stories/[storyId]/actions.ts#publish'] ?? ''
      const form = formIn((await request(address, cookie)).body, address, actionId, {})
      if (!form) throw new Error('An editor is offered no form to publish.')
      await happens(editor.id)
      const before = await readFingerprint()
      const answer = await send({ ...form, fields: { ...form.fields, kicker: 'Still here' } }, cookie)
      expect(answer.status).toBe(403)
      expect(answer.body).toContain(says)
      expect(answer.body).toContain('value="Still here"')
      expect(await changedTables(before)).toEqual([])
      const desk = await request(routes.admin.desk, cookie)
      expect(desk.status).toBe(says.startsWith('You were') ? 307 : 200)
    })
})
