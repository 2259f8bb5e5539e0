import { eq } from 'drizzle-orm'
import { database } from '@/db/client'
import { liveStories } from '@/db/schema/live'
import { aPerson, aSection, historyOf, storyFields, valueOf } from '../newsroom.test-support'
import type { Operation } from '../operation'
import type { Actor } from '../user/user'
import { startStory } from './drafting'
import { publishNewHeadline } from './publishing'
import type { Story } from './story'

export const aDraft = (headline?: string, writer?: Actor) => started(startStory, headline, writer)
export const aLiveHeadline = (headline?: string, editor?: Actor) => started(publishNewHeadline, headline, editor)

/** In a section of its own. `form` has the fields of the story form, with changes; `seen` is the list that shows the first version. */
async function started<Stage extends Story>(start: Operation<Stage>, headline = 'Moon ferry returns', starter?: Actor) {
  const [editor, section] = [starter ?? (await aPerson('editor', 'Edith')), await aSection()]
  const line = { headline, sectionId: String(section.id) }
  const story = valueOf(await start(editor, line))
  const form = (changes: Record<string, string> = {}) =>
    storyFields({ storyId: String(story.id), seenVersion: '1', ...line, ...changes })
  return { editor, section, story, storyId: story.id, form, seen: { storyId: story.id, seenVersion: 1 } }
}

export const liveRow = async (id: number) =>
  (await database().select().from(liveStories).where(eq(liveStories.id, id)))[0]
export const isLive = async (id: number) => (await liveRow(id)) !== undefined
export const eventTypesOf = async (id: number) => (await historyOf(id)).map(({ type }) => type)

export const text = (text: string) => ({ type: 'text', text })
/** A body of one paragraph, as the form sends it. */
export const bodyOf = (...content: unknown[]) =>
  JSON.stringify({ type: 'doc', content: [{ type: 'paragraph', content }] })
