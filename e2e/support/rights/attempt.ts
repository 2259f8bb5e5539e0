import { expect } from '@playwright/test'
import { desc } from 'drizzle-orm'
import { database } from '@/db/client'
import { history } from '@/db/schema/history'
import { routes } from '@/lib/routes'
import { isDone, results, type ActionCase, type PageCase, type Scenario, type Visibility, type Visitor } from './case'
import { changedTables, readFingerprint, type DbFingerprint } from './db-fingerprint'
import { confidentialFor, type Fixture } from './fixture'
import { formIn, send, type Form } from './forms'
import { request, withoutScripts, type HttpResponse } from './http'

const statusOf: Record<Visibility, number> = {
  shown: 200,
  'not there': 404,
  gone: 410,
  'sign in': 307,
  'signed out': 401,
}

/** A visitor requests a page: the status is the expected one, and no confidential text is in the response. */
export async function expectVisibility(fixture: Fixture, { path, text, expected, sameAs }: PageCase, visitor: Visitor) {
  const address = await path(fixture)
  const cookie = fixture.cookies[visitor]
  const visibility = expected[visitor]
  const who = `${visitor} at ${address}`
  const [page, data] = await Promise.all([
    request(address, cookie),
    // The same page as data, as the router of a browser with script requests it.
    request(address, cookie, { headers: { rsc: '1' } }),
  ])
  const leaked = confidentialFor(fixture, visitor).filter(
    (word) => withoutMarks(page.body).includes(word) || withoutMarks(data.body).includes(word),
  )
  expect(leaked, `what ${visitor} must not receive at ${address}`).toEqual([])
  expect(page.status, who).toBe(statusOf[visibility])
  // The redirect of a file leads to its page.
  const paths = [address, address.replace(/\/file\?.*$/u, ''), routes.admin.desk]
  if (visibility === 'sign in') expect(paths.map(routes.signInFor)).toContain(page.location)
  const expectedText = typeof text === 'string' ? text : text?.[visitor]
  if (visibility === 'shown' && expectedText) expect(withoutMarks(page.body), who).toContain(expectedText)
  if (visibility === 'not there' && sameAs) expect(withoutScripts(page.body)).toBe(await notFoundAt(sameAs, cookie))
}

const notFoundPages = new Map<string, Promise<string>>()

/** The page for an address that leads nowhere; requested once for each session. */
function notFoundAt(address: string, cookie: string | null): Promise<string> {
  const key = JSON.stringify([address, cookie])
  const page =
    notFoundPages.get(key) ??
    request(address, cookie).then(({ status, body }) => {
      expect(status, address).toBe(404)
      return withoutScripts(body)
    })
  notFoundPages.set(key, page)
  return page
}

/** A scenario with its fingerprint, and an admin's page of it once it was requested. */
export type SharedScenario = { scenario: Scenario; fingerprint?: DbFingerprint; adminsPage?: string }

/**
 * A visitor sends the form of an action: the response is the expected one, and the database has changed only if it should.
 * @param shared the scenario that the visitor before left; without it, it is prepared
 * @returns the scenario for the next visitor; null where the next one needs a new one
 */
export async function expectResult(
  fixture: Fixture,
  actionCase: ActionCase,
  visitor: Visitor,
  shared: SharedScenario | null,
): Promise<SharedScenario | null> {
  const result = actionCase.expected[visitor]
  const current = shared ?? { scenario: await actionCase.prepare(fixture, visitor) }
  const { scenario } = current
  const cookie = scenario.cookie === undefined ? fixture.cookies[visitor] : scenario.cookie
  const form = await formFor(fixture, actionCase, current, visitor, cookie)
  // Reads change nothing, so the fingerprint is that of the next visitor too.
  const before = (current.fingerprint ??= await readFingerprint())
  const response = await send(form, cookie)
  const who = `${visitor}: ${actionCase.title}`
  const { status, text } = results[result]
  expect<readonly number[]>(status, `${who}: ${excerpt(response)}`).toContain(response.status)
  expect(withoutScripts(response.body), who).toContain(text)
  if (result === 'sign in') expect(response.location, who).toBe(routes.signInFor(scenario.path))
  const changed = await changedTables(before)
  expect(await scenario.isDone(), `${who}: is it done? ${excerpt(response)}`).toBe(isDone(result))
  if (!isDone(result)) expect(changed, `${who}: nothing changes`).toEqual([])
  else if (actionCase.action.startsWith('app/admin/') && scenario.cookie === undefined && !scenario.recordedLater)
    await expectInHistory(fixture, visitor)
  return actionCase.isShared && !isDone(result) ? current : null
}

/** An admin's browser sends the form from a page of another site: the front door refuses it. */
export async function expectCrossSiteRefused(fixture: Fixture, actionCase: ActionCase) {
  const scenario = await actionCase.prepare(fixture, 'admin')
  const cookie = scenario.cookie ?? fixture.cookies.admin
  const form = await formFor(fixture, actionCase, { scenario }, 'admin', cookie)
  const before = await readFingerprint()
  for (const headers of crossSite) {
    const response = await send(form, cookie, headers)
    expect(response.status, `${actionCase.title} from ${JSON.stringify(headers)}`).toBe(403)
  }
  expect(await changedTables(before), actionCase.title).toEqual([])
}

const crossSite: Record<string, string>[] = [
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
  { origin: 'https://evil.test' },
  { origin: 'null' },
  {},
]

/** The form from the visitor's own page where it is offered, otherwise from an admin's; with the scenario's input. */
async function formFor(
  { cookies, actionIds }: Fixture,
  { action, expected }: ActionCase,
  shared: SharedScenario,
  visitor: Visitor,
  cookie: string | null,
): Promise<Form> {
  const { path, plain, payload, formFields = {}, formPage, input = {} } = shared.scenario
  if (plain || payload) return { address: path, fields: input, payload }
  const actionId = actionIds[action]
  if (!actionId) throw new Error(`${action} is not in the running build.`)
  // Where the stage does not allow it, the page still has the form, empty, to show the response in.
  const isOffered = isDone(expected[visitor]) || ['too late', 'not now'].includes(expected[visitor])
  const own = formIn((await request(path, cookie)).body, path, actionId, formFields)
  expect(own !== null, `${path} ${isOffered ? 'offers' : 'does not offer'} ${action} to ${visitor}`).toBe(isOffered)
  const adminsForm = async () =>
    formPage === undefined
      ? formIn((shared.adminsPage ??= (await request(path, cookies.admin)).body), path, actionId, formFields)
      : formIn(formPage, path, actionId, {})
  const form = own ?? (await adminsForm())
  if (!form) throw new Error(`${path} does not offer ${action} to an admin.`)
  return { ...form, fields: { ...form.fields, ...input } }
}

async function expectInHistory({ people }: Fixture, visitor: Visitor) {
  const [last] = await database().select().from(history).orderBy(desc(history.id)).limit(1)
  expect(last?.actorId, 'history names who did it').toBe(visitor === 'anonymous' ? null : people[visitor].id)
}

const excerpt = ({ status, body }: HttpResponse) =>
  `${status} ${withoutScripts(body)
    .replace(/<style[\s\S]*?<\/style>|<[^>]+>/gu, ' ')
    .slice(0, 300)}`

/** Search results mark the words that were searched. */
const withoutMarks = (html: string) => html.replace(/<\/?mark>/gu, '')
