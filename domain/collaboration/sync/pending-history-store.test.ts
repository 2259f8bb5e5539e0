import { expect, test } from 'vitest'
import { historyOf, storyFields, valueOf } from '../../newsroom.test-support'
import { saveDraft } from '../../story/drafting'
import { recordPendingHistory } from './pending-history-store'
import { aStoryWithTwoWriters, aStoryWithWriter } from './writers.test-support'

test('saving records what was typed, in one event with all fields', async () => {
  const { ann, story, writer } = await aStoryWithWriter()
  writer.type('headline', ' sings')
  await writer.send()
  writer.type('kicker', 'Harbour')
  const { version } = await writer.send()
  const fields = { storyId: String(story.id), seenVersion: String(version), headline: 'Ferry sings', kicker: 'Harbour' }
  valueOf(await saveDraft(ann, storyFields(fields)))
  const event = {
    type: 'draft-saved',
    storyId: story.id,
    headline: 'Ferry sings',
    before: { headline: 'Ferry' },
    changed: ['headline', 'kicker', 'address'],
  }
  expect((await historyOf(story.id)).slice(1)).toEqual([event])
  valueOf(await saveDraft(ann, storyFields(fields)))
  expect((await historyOf(story.id)).slice(1)).toEqual([event])
})

test('what is typed and not saved is recorded after ten minutes, once, by its writer’s name', async () => {
  const { story, her, him } = await aStoryWithTwoWriters()
  her.type('kicker', 'Harbour')
  await her.send()
  him.write('It sang.')
  await him.send()
  await recordPendingHistory()
  expect((await historyOf(story.id)).map(({ type }) => type)).toEqual(['story-started'])
  const later = new Date(Date.now() + 10 * 60 * 1000 + 1000)
  await Promise.all([recordPendingHistory(later), recordPendingHistory(later), recordPendingHistory(later)])
  const recorded = (await historyOf(story.id)).slice(1)
  expect(recorded.map((event) => (event.type === 'draft-saved' ? event.changed : []))).toEqual([['kicker'], ['body']])
})
