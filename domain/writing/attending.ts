import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { database } from '@/db/client'
import { can } from '../user/permission'
import type { Actor } from '../user/user'
import { findStoryRow } from '../story/keeping'
import { isPresenceField, isTabName, type PresenceNotice } from './presence'

/** Whether somebody may write in a story; a story that is not there and one that is not theirs are one answer. */
export async function mayWrite(actor: Actor, storyId: number): Promise<boolean> {
  const story = await findStoryRow(database(), storyId)
  return story !== null && can(actor, 'story.edit', story)
}

const form = z.object({
  tab: z.string().refine(isTabName),
  field: z.string().refine(isPresenceField).nullable().catch(null),
  gone: z.boolean().default(false),
})

/** Tells everybody who has the story open, on every server, where somebody is. Nothing is kept of it. Asked by those who may write there. */
export async function tellPresence(actor: Actor, storyId: number, input: unknown): Promise<boolean> {
  const read = form.safeParse(input)
  if (!read.success) return false
  const presence: PresenceNotice = { ...read.data, name: actor.name.slice(0, 200) }
  await database().execute(sql`select pg_notify('words', ${JSON.stringify({ storyId, presence })})`)
  return true
}
