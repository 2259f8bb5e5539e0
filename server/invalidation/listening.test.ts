import { eq, sql } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import { database } from '@/db/client'
import { stories } from '@/db/schema/story'
import { aPerson, aSection, lastHistoryId, valueOf } from '@/domain/newsroom.test-support'
import { settleWhatIsDue } from '@/domain/schedule/settling'
import { scheduleUnpublish } from '@/domain/schedule/unpublishing'
import { publishNewHeadline, withdrawStory } from '@/domain/story/publishing'
import { listenForNotices, type Listening, type Missed } from './listening'

let listening: Listening | null = null
afterEach(() => listening?.stop())

/** What a server is told when it hears again, having heard up to a line of history. */
async function missedSince(heardUpTo: number): Promise<Missed> {
  return new Promise((resolve, reject) => {
    listening = listenForNotices(process.env.DATABASE_URL ?? '', {
      heardUpTo: () => heardUpTo,
      onNotice: () => undefined,
      onHearing: resolve,
      onDeaf: (why) => reject(new Error(why)),
    })
  })
}

test('who did not hear for a while is told which stories were withdrawn, and which ended by themselves', async () => {
  const [editor, section] = [await aPerson('editor'), await aSection()]
  const publish = async (headline: string) => ({
    storyId: valueOf(await publishNewHeadline(editor, { headline, sectionId: String(section.id) })).id,
    headline,
  })
  const [withdrawn, ended, stays] = [
    await publish('Salt library forgets'),
    await publish('Tin parliament sails'),
    await publish('Glass orchard stays'),
  ]
  const heardUpTo = await lastHistoryId()
  valueOf(await withdrawStory(editor, { storyId: withdrawn.storyId, reason: 'It was a gull.' }))
  const end = { due: '2099-01-01T10:00:30', timeZone: 'UTC', reason: 'It sails.' }
  valueOf(await scheduleUnpublish(editor, { storyId: ended.storyId, ...end }))
  await database()
    .update(stories)
    .set({
      liveAt: sql`now() - interval '1 hour'`,
      toldLiveAt: sql`now() - interval '1 hour'`,
      unpublishAt: sql`now()`,
    })
    .where(eq(stories.id, ended.storyId))
  await settleWhatIsDue()

  const missed = await missedSince(heardUpTo)
  expect(missed.history).toBe(await lastHistoryId())
  const told = new Set(missed.withdrawn.map(({ storyId, headline }) => `${storyId} ${headline}`))
  const known = ({ storyId, headline }: typeof stays) => told.has(`${storyId} ${headline}`)
  expect([withdrawn, ended, stays].map(known)).toEqual([true, true, false])
})
