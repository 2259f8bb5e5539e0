import { expect, test } from '@playwright/test'
import { eq } from 'drizzle-orm'
import { database } from '@/db/client'
import { sessions } from '@/db/schema/user'
import { dismiss } from '@/domain/user/admitting'
import { changeRole, disablePerson } from '@/domain/user/managing'
import { commandLineActor } from '@/domain/user/user'
import { routes } from '@/lib/routes'
import { actTable } from './support/rights/act-table'
import { ask } from './support/rights/asking'
import { keepDocument, keptDocument, rightsDocument } from './support/rights/document'
import { formIn, send } from './support/rights/forms'
import { builtActions, housePlan } from './support/rights/house-plan'
import { aDraft, colleague, openHouse, signedInAs, valueOf, type House } from './support/rights/house'
import { changedSince, readLedger } from './support/rights/ledger'
import { moveToOwnNewspaper } from './support/rights/own-newspaper'
import { pageTable } from './support/rights/page-table'
import { expectNothingFromElsewhere, expectSight, expectVerdict, type Setting } from './support/rights/trying'
import { visitors } from './support/rights/visitors'

// No browser, so nothing to trace.
test.use({ trace: 'off' })

let house: House
let leave: () => Promise<void>

test.beforeAll(async () => {
  leave = await moveToOwnNewspaper()
  house = await openHouse()
})

test.afterAll(async () => leave())

test('every page, route and action has its line in the table of rights, and every line its page, route or action', () => {
  const { pages, routes: doors, actions } = housePlan()
  const there = new Set([...pages, ...doors, ...actions, ...Object.keys(builtActions())])
  const named = new Set([...pageTable.map(({ place }) => place), ...actTable.map(({ act }) => act)])
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
  const written = await rightsDocument(actTable, pageTable)
  if (updateSnapshots === 'changed' || updateSnapshots === 'all') await keepDocument(written)
  expect(
    await keptDocument(),
    'To write docs/rights.md anew: npx playwright test e2e/rights.spec.ts --project rights --update-snapshots',
  ).toBe(written)
})

test.describe('who sees', () => {
  for (const line of pageTable)
    test(`${line.place}${line.of ? `, ${line.of}` : ''}`, async () => {
      await Promise.all(visitors.map((visitor) => expectSight(house, line, visitor)))
    })
})

test.describe('who may', () => {
  for (const line of actTable)
    test(`${line.words.toLowerCase()}${line.of ? `, ${line.of}` : ''} (${line.act})`, async () => {
      let left: Setting | null = null
      for (const visitor of visitors) left = await expectVerdict(house, line, visitor, left)
    })
})

test('no form on another site does anything with an admin’s cookie', async () => {
  const firstOfEach = [...new Map(actTable.toReversed().map((line) => [line.act, line])).values()]
  for (const line of firstOfEach) await expectNothingFromElsewhere(house, line)
})

test.describe('what happened meanwhile counts at the next action:', () => {
  const meanwhile = [
    {
      title: 'whoever was signed out elsewhere is nobody',
      says: 'You were signed out.',
      happens: async (userId: number) => {
        const [session] = await database().select().from(sessions).where(eq(sessions.userId, userId))
        await dismiss(session?.id ?? '')
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
      const editor = await colleague('editor')
      const cookie = await signedInAs(editor, house.actionIds)
      const story = await aDraft(editor, house.section, 'Kite at dusk')
      const address = routes.admin.story(story.id)
      const actionId = house.actionIds['app/admin/stories/[storyId]/actions.ts#publish'] ?? ''
      const form = formIn((await ask(address, cookie)).body, address, actionId, {})
      if (!form) throw new Error('An editor is offered no form to publish.')
      await happens(editor.id)
      const before = await readLedger()
      const answer = await send({ ...form, fields: { ...form.fields, kicker: 'Still here' } }, cookie)
      expect(answer.status).toBe(403)
      expect(answer.body).toContain(says)
      expect(answer.body).toContain('value="Still here"')
      expect(await changedSince(before)).toEqual([])
      const desk = await ask(routes.admin.desk, cookie)
      expect(desk.status).toBe(says.startsWith('You were') ? 307 : 200)
    })
})
