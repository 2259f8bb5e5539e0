import { expect, test } from 'vitest'
import { aPerson, aSection, valueOf } from '../newsroom.test-support'
import { editHeadline, startStory } from '../story/drafting'
import { LINES_OF_HISTORY, recallHistory } from './recalling'

test('a story’s history is its own, newest first, with who and when', async () => {
  const [rae, edith] = [await aPerson('reporter', 'Rae'), await aPerson('editor', 'Edith')]
  const story = valueOf(await startStory(rae, { headline: 'Kite', sectionId: '' }))
  valueOf(await startStory(rae, { headline: 'Another kite', sectionId: '' }))
  valueOf(await editHeadline(edith, { storyId: story.id, seenHeadline: 'Kite', headline: 'Kites' }))
  const { lines, olderPlace } = await recallHistory({ storyId: story.id, before: null })
  expect(lines.map(({ actorName, event }) => [actorName, event.type])).toEqual([
    ['Edith', 'draft-saved'],
    ['Rae', 'story-started'],
  ])
  expect(lines[0]?.happenedAt).toBeInstanceOf(Date)
  expect(olderPlace).toBeNull()
})

test('the whole history comes in pages that meet, and what happens meanwhile shifts none', async () => {
  const editor = await aPerson('editor')
  const section = await aSection()
  const start = async (n: number) =>
    valueOf(await startStory(editor, { headline: `Kite ${n}`, sectionId: String(section.id) }))
  for (let n = 0; n <= LINES_OF_HISTORY; n += 1) await start(n)
  const first = await recallHistory({ storyId: null, before: null })
  expect(first.lines).toHaveLength(LINES_OF_HISTORY)
  await start(1000)
  const second = await recallHistory({ storyId: null, before: first.olderPlace })
  const ids = [...first.lines, ...second.lines].map(({ id }) => id)
  expect(ids).toEqual([...new Set(ids)].sort((a, b) => b - a))
  const unreadable = await recallHistory({ storyId: null, before: 'rubbish' })
  expect(unreadable.lines).toHaveLength(LINES_OF_HISTORY)
})
