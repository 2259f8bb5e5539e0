import { expect } from '@playwright/test'
import { desc } from 'drizzle-orm'
import { database } from '@/db/client'
import { history } from '@/db/schema/history'
import { routes } from '@/lib/routes'
import { isDoing, results, type ActionCase, type Scenario } from './action-case'
import { request, withoutScripts, type HttpResponse } from './http'
import { formIn, send, type Form } from './forms'
import type { Fixture } from './fixture'
import { changedTables, readFingerprint, type DbFingerprint } from './db-fingerprint'
import { hiddenFrom } from './confidential-text'
import type { PageCase, Visibility } from './page-case'
import type { Visitor } from './visitors'

const statusOf: Record<Visibility, number> = {
  shown: 200,
  'not there': 404,
  gone: 410,
  'sign in': 307,
  'signed out': 401,
}

/** Somebody asks for a page: they get what the table says, and no word that is not for them. */
export async function expectVisibility(house: Fixture, { at, shows, sees, like }: PageCase, visitor: Visitor) {
  const address = await at(house)
  const cookie = house.cookies[visitor]
  const sight = sees[visitor]
  const [page, data] = await Promise.all([
    request(address, cookie),
    // The router of a browser with script asks for the same page as data.
    request(address, cookie, { headers: { rsc: '1' } }),
  ])
  const leaked = hiddenFrom(house, visitor).filter((word) => page.body.includes(word) || data.body.includes(word))
  expect(leaked, `what ${visitor} must not receive at ${address}`).toEqual([])
  expect(page.status, `${visitor} at ${address}`).toBe(statusOf[sight])
  // To be saved, a file is asked for on its page.
  const places = [address, address.replace(/\/file\?.*$/u, ''), routes.admin.desk]
  if (sight === 'sign in') expect(places.map(routes.signInFor)).toContain(page.location)
  const words = typeof shows === 'string' ? shows : shows?.[visitor]
  if (sight === 'shown' && words) expect(page.body, `${visitor} at ${address}`).toContain(words)
  if (sight === 'not there' && like) {
    expect(withoutScripts(page.body)).toBe(await nothingAt(like, cookie))
  }
}

/** What somebody sees where nothing is: the same each time, so it is asked for once. */
const nothings = new Map<string, Promise<string>>()

function nothingAt(address: string, cookie: string | null): Promise<string> {
  const key = JSON.stringify([address, cookie])
  const known = nothings.get(key) ?? askForNothing(address, cookie)
  nothings.set(key, known)
  return known
}

async function askForNothing(address: string, cookie: string | null): Promise<string> {
  const { status, body } = await request(address, cookie)
  expect(status, address).toBe(404)
  return withoutScripts(body)
}

/** What may be left for the next who tries: the scene with its ledger, and an admin's page of it, where somebody had to look at one. */
export type SharedScenario = { scene: Scenario; ledger?: DbFingerprint; adminsPage?: string }

/**
 * Somebody tries something: it is answered as the table says, and done only if it says so.
 * @param left what the one before left; without it the scene is set anew
 * @returns the scene as the next finds it; null where they need one of their own
 */
export async function expectResult(
  house: Fixture,
  line: ActionCase,
  visitor: Visitor,
  left: SharedScenario | null,
): Promise<SharedScenario | null> {
  const verdict = line.may[visitor]
  const setting = left ?? { scene: await line.scene(house, visitor) }
  const { scene } = setting
  const cookie = scene.cookie === undefined ? house.cookies[visitor] : scene.cookie
  const form = await formFor(house, line, setting, visitor, cookie)
  // Reading writes nothing, so whoever comes next finds the ledger as it was left.
  const before = (setting.ledger ??= await readFingerprint())
  const answer = await send({ ...form, fields: { ...form.fields, ...scene.types } }, cookie)
  const who = `${visitor}: ${line.words}`
  const { status, says } = results[verdict]
  expect<readonly number[]>(status, `${who}: ${seen(answer)}`).toContain(answer.status)
  expect(withoutScripts(answer.body), who).toContain(says)
  if (verdict === 'sign in') expect(answer.location, who).toBe(routes.signInFor(scene.at))
  const changed = await changedTables(before)
  expect(await scene.isDone(), `${who}: is it done? ${seen(answer)}`).toBe(isDoing(verdict))
  if (!isDoing(verdict)) expect(changed, `${who}: nothing changes`).toEqual([])
  else if (line.act.startsWith('app/admin/') && scene.cookie === undefined && !scene.untold)
    await expectInHistory(house, visitor)
  return line.isForAll && !isDoing(verdict) ? setting : null
}

/** An admin's browser sends the form, but the form stands on another site: it is turned away at the door. */
export async function expectCrossSiteRefused(house: Fixture, line: ActionCase) {
  const scene = await line.scene(house, 'admin')
  const cookie = scene.cookie ?? house.cookies.admin
  const form = await formFor(house, line, { scene }, 'admin', cookie)
  const before = await readFingerprint()
  for (const headers of elsewhere) {
    const answer = await send({ ...form, fields: { ...form.fields, ...scene.types } }, cookie, headers)
    expect(answer.status, `${line.words} from ${JSON.stringify(headers)}`).toBe(403)
  }
  expect(await changedTables(before), line.words).toEqual([])
}

const elsewhere: Record<string, string>[] = [
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
  { origin: 'https://evil.test' },
  { origin: 'null' },
  {},
]

/** The form, from one's own page for those who may; from an admin's for everybody else, whose own page does not offer it. */
async function formFor(
  { cookies, actionIds }: Fixture,
  { act, may }: ActionCase,
  setting: SharedScenario,
  visitor: Visitor,
  cookie: string | null,
): Promise<Form> {
  const { at, bare, sends, holds = {}, lent } = setting.scene
  if (bare || sends) return { address: at, fields: {}, sends }
  const actionId = actionIds[act]
  if (!actionId) throw new Error(`${act} is not in the build that runs.`)
  // Where it is not the time for it, the form stands there empty, for what it has to answer.
  const isOffered = isDoing(may[visitor]) || ['too late', 'not now', 'nothing to review'].includes(may[visitor])
  const own = await request(at, cookie)
  const offered = formIn(own.body, at, actionId, holds)
  expect(offered !== null, `${at} ${isOffered ? 'offers' : 'does not offer'} ${act} to ${visitor}`).toBe(isOffered)
  const fromAdmin = async () => {
    setting.adminsPage ??= (await request(at, cookies.admin)).body
    return formIn(setting.adminsPage, at, actionId, holds)
  }
  const form = offered ?? (lent === undefined ? await fromAdmin() : formIn(lent, at, actionId, {}))
  if (!form) throw new Error(`${at} does not offer ${act} to an admin.`)
  return form
}

async function expectInHistory({ people }: Fixture, visitor: Visitor) {
  const [last] = await database().select().from(history).orderBy(desc(history.id)).limit(1)
  expect(last?.actorId, 'history names who did it').toBe(visitor === 'anonymous' ? null : people[visitor].id)
}

const seen = ({ status, body }: HttpResponse) =>
  `${status} ${withoutScripts(body)
    .replace(/<style[\s\S]*?<\/style>|<[^>]+>/gu, ' ')
    .slice(0, 300)}`
