import { eq, sql, type SQL } from 'drizzle-orm'
import { database } from '@/db/client'
import { stories } from '@/db/schema/story'
import { findStory } from '../story/queries'
import { aPerson, aSection, historyOf, storyFields, valueOf } from '../newsroom.test-support'
import { saveDraft } from '../story/drafting'
import { publishNewHeadline } from '../story/publishing'
import { toTypedTime } from '../time/newsroom-time'
import { scheduleStoryChanges } from './changing'

export const HOUR = 3600
export const inSeconds = (seconds: number) => ({
  due: toTypedTime(new Date(Date.now() + seconds * 1000), 'UTC'),
  timeZone: 'UTC',
})

const body = JSON.stringify({
  type: 'doc',
  content: [{ type: 'paragraph', content: [{ type: 'text', text: 'It sang of marmalade.' }] }],
})

/** A live headline with a larger draft in another section. */
export async function aChangedStory() {
  const [editor, section, other] = [await aPerson('editor', 'Edith'), await aSection(), await aSection('Reef')]
  const word = `quibblefish${section.id}`
  const { id: storyId } = valueOf(
    await publishNewHeadline(editor, { headline: 'Moon ferry returns', sectionId: String(section.id) }),
  )
  const changes = { headline: `Moon ferry: ${word}`, slug: 'moon-ferry-sings', sectionId: String(other.id), body }
  const { draft } = valueOf(
    await saveDraft(editor, storyFields({ storyId: String(storyId), seenVersion: '1', ...changes })),
  )
  const seen = { storyId, seenVersion: draft.version }
  return { editor, section, other, word, storyId, seen }
}

export async function aStoryWithDueChanges() {
  const changed = await aChangedStory()
  valueOf(await scheduleStoryChanges(changed.editor, { ...changed.seen, ...inSeconds(HOUR) }))
  return changed
}

export const eventTypesOf = async (id: number) => (await historyOf(id)).map(({ type }) => type)
export const visibleStory = async (...args: Parameters<typeof findStory>) => (await findStory(...args))?.story

export async function setTimes(storyId: number, times: Partial<Record<'liveAt' | 'dueAt' | 'unpublishAt', SQL>>) {
  await database().update(stories).set(times).where(eq(stories.id, storyId))
}
export const ago = (seconds: number) => sql`now() - make_interval(secs => ${seconds})`
