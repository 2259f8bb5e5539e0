import { asc, desc, eq } from 'drizzle-orm'
import { expect } from 'vitest'
import { database } from '@/db/client'
import { history } from '@/db/schema/history'
import { sections } from '@/db/schema/section'
import { users } from '@/db/schema/user'
import type { Actor, Role } from './user/user'

/** With a login, because the history refers to it. */
export async function aPerson(role: Role, name = `A ${role}`): Promise<Actor & { id: number }> {
  const email = `${crypto.randomUUID()}@example.test`
  const [row] = await database().insert(users).values({ email, name, role }).returning({ id: users.id })
  if (!row) throw new Error('The person was not inserted.')
  return { id: row.id, name, role }
}

/** A section of its own for each test. */
export async function aSection(name = 'Harbour') {
  const slug = `${name.toLowerCase()}-${crypto.randomUUID()}`
  const [row] = await database().insert(sections).values({ slug, name, position: 1 }).returning()
  if (!row) throw new Error('The section was not inserted.')
  return { id: row.id, slug: row.slug, name: row.name }
}

/** The value of an operation that must succeed. */
export function valueOf<Value>(outcome: { ok: true; value: Value } | { ok: false; refusal: unknown }): Value {
  if (!outcome.ok) expect.fail(`Refused: ${JSON.stringify(outcome.refusal)}`)
  return outcome.value
}

/** The refusal of an operation that must refuse. */
export function refusalOf<Refusal>(outcome: { ok: true; value: unknown } | { ok: false; refusal: Refusal }): Refusal {
  if (outcome.ok) expect.fail(`Not refused: ${JSON.stringify(outcome.value)}`)
  return outcome.refusal
}

/** The operation refuses, with at least these properties. */
export function expectRefusal(
  outcome: { ok: true; value: unknown } | { ok: false; refusal: unknown },
  expected: object,
) {
  expect(refusalOf(outcome)).toMatchObject(expected)
}

/** Oldest first. */
export async function historyOf(storyId: number) {
  const rows = await database()
    .select({ event: history.event })
    .from(history)
    .where(eq(history.storyId, storyId))
    .orderBy(asc(history.id))
  return rows.map(({ event }) => event)
}

export async function lastHistoryId(): Promise<number> {
  const [row] = await database().select({ id: history.id }).from(history).orderBy(desc(history.id)).limit(1)
  return row?.id ?? 0
}

/** The fields of the story form as a browser sends them. */
export function storyFields(overrides: Record<string, string> = {}): Record<string, string> {
  return {
    headline: 'Moon ferry returns to Lower Quibble',
    kicker: '',
    standfirst: '',
    dateline: '',
    sectionId: '',
    slug: '',
    body: '',
    ...overrides,
  }
}
