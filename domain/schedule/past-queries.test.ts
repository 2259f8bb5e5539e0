import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { database } from '@/db/client'
import { aPerson, valueOf } from '../newsroom.test-support'
import { startStory } from '../story/drafting'
import { publishSavedDraft, withdrawStory } from '../story/publishing'
import { aLiveHeadline } from '../story/story.test-support'
import { findPast } from './past-queries'
import { scheduleStory } from './scheduling'

const lately = () => ({ from: new Date(Date.now() - 3_600_000), until: new Date(Date.now() + 86_400_000 * 365 * 100) })

test('past moments are those of stories that went live or were withdrawn, not of scheduled ones; a reporter sees their own', async () => {
  const [{ editor, section, story: others }, reporter] = [
    await aLiveHeadline('Rain is lent'),
    await aPerson('reporter'),
  ]
  const sectionId = String(section.id)
  valueOf(await withdrawStory(editor, { storyId: others.id, reason: 'No rain.' }))
  const [own, due] = [
    valueOf(await startStory(reporter, { headline: 'Kites vote', sectionId })),
    valueOf(await startStory(reporter, { headline: 'Kites sleep', sectionId })),
  ]
  valueOf(await publishSavedDraft(editor, { storyId: own.id, seenVersion: 1 }))
  const someDay = { due: '2099-01-01T10:00:30', timeZone: 'UTC' }
  valueOf(await scheduleStory(editor, { storyId: due.id, seenVersion: 1, ...someDay }))

  const find = async (actor: typeof editor, within = lately()) =>
    (await findPast(actor, within, 500))
      .filter(({ sectionName, storyId }) => sectionName === section.name && storyId >= others.id)
      .map(({ kind, headline }) => `${kind}: ${headline}`)
  expect(await find(editor)).toEqual(['went-live: Rain is lent', 'withdrawn: Rain is lent', 'went-live: Kites vote'])
  expect(await find(reporter)).toEqual(['went-live: Kites vote'])
  const longAgo = { from: new Date('2001-01-01T00:00:00Z'), until: new Date('2001-02-01T00:00:00Z') }
  expect(await find(editor, longAgo)).toEqual([])
  expect(await findPast(editor, lately(), 1)).toHaveLength(1)
})

test('a story that an older build withdrew before its scheduled time never went live', async () => {
  const { editor, storyId: id } = await aLiveHeadline('Rain is lent')
  valueOf(await withdrawStory(editor, { storyId: id, reason: 'No rain.' }))
  await database().execute(sql`update stories set live_at = withdrawn_at + interval '1 millisecond' where id = ${id}`)
  const bygone = (await findPast(editor, lately(), 500)).filter(({ storyId }) => storyId === id)
  expect(bygone.map(({ kind }) => kind)).toEqual(['withdrawn'])
})
