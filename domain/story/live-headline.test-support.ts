import { eq } from 'drizzle-orm'
import { database } from '@/db/client'
import { liveStories } from '@/db/schema/live'
import { aPerson, aSection, valueOf } from '../newsroom.test-support'
import { publishNewHeadline } from './publishing'

export const liveRow = async (id: number) =>
  (await database().select().from(liveStories).where(eq(liveStories.id, id)))[0]

export async function aLiveHeadline() {
  const [editor, section] = [await aPerson('editor', 'Edith'), await aSection()]
  const story = valueOf(
    await publishNewHeadline(editor, { headline: 'Moon ferry returns', sectionId: String(section.id) }),
  )
  return { editor, section, story }
}
