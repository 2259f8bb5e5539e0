import { encode } from 'next-auth/jwt'
import { database } from '@/db/client'
import { sessions, users } from '@/db/schema/user'
import { migrateDatabase } from '@/db/migrate'
import { seedIfEmpty } from '@/domain/first-edition/seeding'
import { saveDraft, startStory } from '@/domain/story/drafting'
import type { Actor } from '@/domain/user/user'
import { createDatabase, startDatabase, startServer } from '../support/servers'
import { sampleText } from '../support/sample-text'
import { onDatabase } from '../support/stories'

const SECRET = 'a secret for minutes, and for nobody else'
const WORDS_IN_A_PARAGRAPH = 60

/** Paragraphs of a story of 5,000 words. */
export const LONG = 84

/** A server with a signed-in user: `cookie` is that of the session, `addresses` are those of the stories. */
export type Newsroom = {
  origin: string
  pid: number
  cookie: { name: string; value: string; url: string }
  addresses: string[]
}

/** @param paragraphs the number of paragraphs of each story, 60 words each */
export async function startNewsroom(name: string, paragraphs: number[]): Promise<Newsroom> {
  const databaseUrl = await createDatabase(await startDatabase(), name)
  await migrateDatabase(databaseUrl)
  const { origin, pid } = await startServer(databaseUrl, { SESSION_SECRET: SECRET })
  const { storyIds, session } = await onDatabase(databaseUrl, () => createStoriesAndSession(paragraphs))
  const cookie = { name: 'broadsheet-session', value: session, url: origin }
  return { origin, pid, cookie, addresses: storyIds.map((id) => `${origin}/admin/stories/${id}`) }
}

async function createStoriesAndSession(paragraphs: number[]): Promise<{ storyIds: number[]; session: string }> {
  await seedIfEmpty()
  const [person] = await database().select().from(users).limit(1)
  if (!person) throw new Error('There is no user.')
  const actor: Actor = { id: person.id, name: person.name, role: person.role }
  const storyIds: number[] = []
  for (const count of paragraphs) storyIds.push(await createStory(actor, count))
  const sid = crypto.randomUUID()
  const expiresAt = new Date(Date.now() + 60 * 60 * 1000)
  await database()
    .insert(sessions)
    .values({ id: sid, userId: person.id, expiresAt, address: '127.0.0.1', agent: 'bench' })
  return { storyIds, session: await encode({ token: { sub: String(person.id), sid }, secret: SECRET, maxAge: 3600 }) }
}

async function createStory(actor: Actor, paragraphs: number): Promise<number> {
  const started = await startStory(actor, { headline: 'Moon ferry returns', sectionId: '' })
  if (!started.ok) throw new Error(JSON.stringify(started.refusal))
  const { id, draft } = started.value
  const content = Array.from({ length: paragraphs }, (_, at) => ({
    type: 'paragraph',
    content: [{ type: 'text', text: sampleText(at, WORDS_IN_A_PARAGRAPH) }],
  }))
  const { headline, slug, version } = draft
  const fields = { storyId: String(id), seenVersion: String(version), headline, slug, sectionId: '' }
  const saved = await saveDraft(actor, { ...blank, ...fields, body: JSON.stringify({ type: 'doc', content }) })
  if (!saved.ok) throw new Error(JSON.stringify(saved.refusal))
  return id
}

const blank = { kicker: '', standfirst: '', dateline: '' }
