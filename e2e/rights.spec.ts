import { expect, test } from '@playwright/test'
import { eq } from 'drizzle-orm'
import { database } from '@/db/client'
import { sessions } from '@/db/schema/user'
import { revokeSession } from '@/domain/people/sign-in'
import { changeRole, disablePerson } from '@/domain/people/managing'
import { commandLineActor } from '@/domain/user/user'
import { routes } from '@/lib/routes'
import { request } from './support/rights/http'
import { writeDocument, readDocument, rightsDocument } from './support/rights/rights-document'
import { formIn, send } from './support/rights/forms'
import { builtActions, appInventory } from './support/rights/app-inventory'
import { createDraft, createColleague, createFixture, valueOf, type Fixture } from './support/rights/fixture'
import { changedTables, readFingerprint } from './support/rights/db-fingerprint'
import { sessionCookieOf } from './support/people'
import { useOwnInstance } from './support/start-instances'
import { actionCases, allPageCases, pageCases } from './support/rights/cases/cases'
import { expectCrossSiteRefused, expectVisibility, expectResult, type SharedScenario } from './support/rights/attempt'
import { visitors } from './support/rights/case'

// Without a browser there is nothing to trace.
test.use({ trace: 'off' })

let fixture: Fixture
let leave: () => Promise<void>

test.beforeAll(async () => {
  leave = await useOwnInstance()
  fixture = await createFixture()
})

test.afterAll(async () => leave())

test('every page, route and action has a case, and every case its page, route or action', () => {
  const { pages, routes: methods, actions } = appInventory()
  const existing = new Set([...pages, ...methods, ...actions, ...Object.keys(builtActions())])
  const covered = new Set([...allPageCases.map(({ page }) => page), ...actionCases.map(({ action }) => action)])
  expect(
    [...existing].filter((name) => !covered.has(name)),
    'Without a case: say in e2e/support/rights who may use it.',
  ).toEqual([])
  expect(
    [...covered].filter((name) => !existing.has(name)),
    'A case of something that does not exist any more: delete it.',
  ).toEqual([])
})

test('docs/rights.md is up to date', async () => {
  const { updateSnapshots } = test.info().config
  const generated = await rightsDocument(actionCases, pageCases)
  if (updateSnapshots === 'changed' || updateSnapshots === 'all') await writeDocument(generated)
  expect(
    await readDocument(),
    'To generate docs/rights.md: npx playwright test e2e/rights.spec.ts --project rights --update-snapshots',
  ).toBe(generated)
})

const inFull = (title: string, of: string | undefined) => (of ? `${title}, ${of}` : title)

test.describe('who sees', () => {
  for (const pageCase of allPageCases)
    test(inFull(pageCase.page, pageCase.of), async () => {
      await Promise.all(visitors.map((visitor) => expectVisibility(fixture, pageCase, visitor)))
    })
})

test.describe('who may', () => {
  for (const actionCase of actionCases)
    test(`${inFull(actionCase.title.toLowerCase(), actionCase.of)} (${actionCase.action})`, async () => {
      let shared: SharedScenario | null = null
      for (const visitor of visitors) shared = await expectResult(fixture, actionCase, visitor, shared)
    })
})

test('a form on another site does nothing with an admin’s cookie', async () => {
  const firstOfEach = new Map(actionCases.toReversed().map((actionCase) => [actionCase.action, actionCase]))
  for (const actionCase of firstOfEach.values()) await expectCrossSiteRefused(fixture, actionCase)
})

test.describe('a change of rights counts at the next action:', () => {
  const changes = [
    {
      title: 'somebody signed out elsewhere is refused',
      text: 'You were signed out.',
      apply: async (userId: number) => {
        const [session] = await database().select().from(sessions).where(eq(sessions.userId, userId))
        await revokeSession(session?.id ?? '')
      },
    },
    {
      title: 'a disabled person is refused',
      text: 'You were signed out.',
      apply: async (userId: number) => void valueOf(await disablePerson(commandLineActor, { userId })),
    },
    {
      title: 'an editor who was made a reporter does not publish',
      text: 'Your role does not allow this.',
      apply: async (userId: number) => void valueOf(await changeRole(commandLineActor, { userId, role: 'reporter' })),
    },
  ]
  for (const { title, text, apply } of changes)
    test(`${title}, and what was typed is returned`, async () => {
      const editor = await createColleague('editor')
      const cookie = await sessionCookieOf(editor)
      const story = await createDraft(editor, fixture.section, 'Kite at dusk')
      const address = routes.admin.story(story.id)
      const actionId = fixture.actionIds['app/admin/stories/[storyId]/actions.ts#publish'] ?? ''
      const form = formIn((await request(address, cookie)).body, address, actionId, {})
      if (!form) throw new Error('An editor’s page has no form to publish.')
      await apply(editor.id)
      const before = await readFingerprint()
      const response = await send({ ...form, fields: { ...form.fields, kicker: 'Still here' } }, cookie)
      expect(response.status).toBe(403)
      expect(response.body).toContain(text)
      expect(response.body).toContain('value="Still here"')
      expect(await changedTables(before)).toEqual([])
      const desk = await request(routes.admin.desk, cookie)
      expect(desk.status).toBe(text.startsWith('You were') ? 307 : 200)
    })
})
