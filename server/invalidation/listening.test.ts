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

test('who did not hear for a while is told which stories were withdrawn, which ended by themselves, and which will', async () => {
  const [editor, section] = [await aPerson('editor'), await aSection()]
  const publish = async (headline: string) => ({
    storyId: valueOf(await publishNewHeadline(editor, { headline, sectionId: String(section.id) })).id,
    headline,
  })
  const [withdrawn, ended, ends, stays] = [
    await publish('Salt library forgets'),
    await publish('Tin parliament sails'),
    await publish('Paper lighthouse sails later'),
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
  valueOf(await scheduleUnpublish(editor, { storyId: ends.storyId, ...end }))

  const missed = await missedSince(heardUpTo)
  expect(missed.history).toBe(await lastHistoryId())
  const told = (story: typeof stays) => missed.withdrawn.filter(({ storyId }) => storyId === story.storyId)
  const [later, atOnce] = [{ from: new Date(`${end.due}Z`) }, { from: null }]
  expect(told(withdrawn)).toEqual([{ ...withdrawn, ...atOnce }])
  expect(told(ended)).toEqual([
    { ...ended, ...later },
    { ...ended, ...atOnce },
  ])
  expect(told(ends)).toEqual([{ ...ends, ...later }])
  expect(told(stays)).toEqual([])
})
