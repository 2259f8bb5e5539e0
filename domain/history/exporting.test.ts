import { expect, test } from 'vitest'
import { aPerson, valueOf } from '../newsroom.test-support'
import { editHeadline, startStory } from '../story/drafting'
import { exportHistory, type HistoryFormat } from './exporting'

async function aStoryWithHistory() {
  const reporter = await aPerson('reporter', '=cmd|’calc’!A0')
  const story = valueOf(await startStory(reporter, { headline: '@SUM(1), “kites”', sectionId: '' }))
  const seen = { storyId: story.id, seenHeadline: story.draft.headline }
  valueOf(await editHeadline(reporter, { ...seen, headline: '=HYPERLINK("http://x.test")' }))
  return story
}

async function exportedFile(storyId: number, format: HistoryFormat) {
  let file = ''
  for await (const chunk of exportHistory(storyId, format)) file += chunk
  return file
}

test('a history in CSV has a row for each event, and no cell that a spreadsheet would run', async () => {
  const story = await aStoryWithHistory()
  const file = await exportedFile(story.id, 'csv')
  const [heading, ...lines] = file.split('\r\n')
  expect(heading).toBe('\ufeffnumber,time,who,story,event,sentence,before,details')
  expect(lines).toHaveLength(3)
  expect(lines[2]).toBe('')
  expect(lines[0]).toMatch(/^\d+,\d{4}-\d\d-\d\dT[\d:.]+Z,"?'=cmd\|’calc’!A0"?,\d+,draft-saved,/u)
  expect(lines[0]).toContain('the headline was “@SUM(1), “kites””')
  expect(lines[0]).toContain('"{""headline"":""@SUM(1), “kites”""}"')
  for (const cell of file.split(/[\r\n,]+/u)) expect(cell).not.toMatch(/^"?[=+\-@\t]/u)
})

test('a history in JSON has who, when, what, and what was before', async () => {
  const story = await aStoryWithHistory()
  const records: unknown = JSON.parse(await exportedFile(story.id, 'json'))
  expect(records).toMatchObject([
    { event: 'draft-saved', story: story.id, before: { headline: '@SUM(1), “kites”' }, who: '=cmd|’calc’!A0' },
    { event: 'story-started', story: story.id, before: null, sentence: 'Started “@SUM(1), “kites””.' },
  ])
  expect(JSON.parse(await exportedFile(0, 'json'))).toEqual([])
})
