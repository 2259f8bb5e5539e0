import { database } from '@/db/client'
import { findStory } from '../story/queries'
import type { Story } from '../story/story'
import { can } from '../user/permission'
import type { Actor } from '../user/user'
import type { Correction } from './correction'
import { correctionsOf } from './store'

/** A story with its corrections; null for a person who may not correct it. */
export async function findCorrections(actor: Actor, storyId: number) {
  const found = await findStory(actor, storyId)
  if (found === null || !can(actor, 'story.correct', found.story)) return null
  return { ...found, corrections: await correctionsOf(database(), storyId) }
}

/** The corrections of a story as readers see them, oldest first. */
export async function findNotes({ id, stage }: Story): Promise<Correction[]> {
  if (stage === 'draft') return []
  const notes = await correctionsOf(database(), id)
  return notes.map(({ id, kind, words, publishedAt }) => ({ id, kind, words, publishedAt }))
}
