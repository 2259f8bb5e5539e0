import { eq, sql } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import { database } from '@/db/client'
import { stories } from '@/db/schema/story'
import { aPerson, aSection, lastHistoryId, valueOf } from '@/domain/newsroom.test-support'
import { settleDue } from '@/domain/story/settling'
import { scheduleUnpublish } from '@/domain/schedule/unpublishing'
import { publishNewHeadline, withdrawStory } from '@/domain/story/publishing'
import type { Subscription } from '@/db/subscription'
import { subscribeToNotices, type CatchUp } from './subscriber'

let subscription: Subscription | null = null
afterEach(() => subscription?.stop())

/** The catch-up of a server that connects again after a history entry. */
async function catchUpSince(lastSeenId: number): Promise<CatchUp> {
  return new Promise((resolve, reject) => {
    subscription = subscribeToNotices(process.env.DATABASE_URL ?? '', {
      lastSeenId: () => lastSeenId,
      onNotice: () => undefined,
      onConnected: resolve,
      onDisconnected: (reason) => reject(new Error(reason)),
    })
  })
}

test('the catch-up after a lost connection has the stories that were withdrawn, that ended as scheduled, and that will end', async () => {
  const [editor, section] = [await aPerson('editor'), await aSection()]
  const publish = async (headline: string) => ({
    storyId: valueOf(await publishNewHeadline(editor, { headline, sectionId: String(section.id) })).id,
    headline,
  })
  const [withdrawn, ended] = [await publish('Salt library forgets'), await publish('Tin parliament sails')]
  const [ends, stays] = [await publish('Paper lighthouse sails later'), await publish('Glass orchard stays')]
  const lastSeenId = await lastHistoryId()
  valueOf(await withdrawStory(editor, { storyId: withdrawn.storyId, reason: 'It was a gull.' }))
  const end = { due: '2099-01-01T10:00:30', timeZone: 'UTC', reason: 'It sails.' }
  valueOf(await scheduleUnpublish(editor, { storyId: ended.storyId, ...end }))
  const anHourAgo = sql`now() - interval '1 hour'`
  const hasEnded = { liveAt: anHourAgo, recordedLiveAt: anHourAgo, unpublishAt: sql`now()` }
  await database().update(stories).set(hasEnded).where(eq(stories.id, ended.storyId))
  await settleDue()
  valueOf(await scheduleUnpublish(editor, { storyId: ends.storyId, ...end }))

  const changes = await catchUpSince(lastSeenId)
  expect(changes.history).toBe(await lastHistoryId())
  const reported = (story: typeof stays) => changes.withdrawn.filter(({ storyId }) => storyId === story.storyId)
  const [later, atOnce] = [{ from: new Date(`${end.due}Z`) }, { from: null }]
  expect(reported(withdrawn)).toEqual([{ ...withdrawn, ...atOnce }])
  expect(reported(ended)).toEqual([later, atOnce].map((from) => ({ ...ended, ...from })))
  expect(reported(ends)).toEqual([{ ...ends, ...later }])
  expect(reported(stays)).toEqual([])
})
