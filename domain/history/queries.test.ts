import { expect, test } from 'vitest'
import { aPerson, aSection, valueOf } from '../newsroom.test-support'
import { editHeadline, startStory } from '../story/drafting'
import { ENTRIES_ON_A_PAGE, findHistory } from './queries'

test('a story’s history is its own, newest first, with who and when', async () => {
  const [reporter, editor] = [await aPerson('reporter', 'Rae'), await aPerson('editor', 'Edith')]
  const story = valueOf(await startStory(reporter, { headline: 'Kite', sectionId: '' }))
  valueOf(await startStory(reporter, { headline: 'Another kite', sectionId: '' }))
  valueOf(await editHeadline(editor, { storyId: story.id, seenHeadline: 'Kite', headline: 'Kites' }))
  const { entries, olderCursor } = await findHistory({ storyId: story.id, before: null })
  expect(entries.map(({ actorName, event }) => [actorName, event.type])).toEqual([
    ['Edith', 'draft-saved'],
    ['Rae', 'story-started'],
  ])
  expect(entries[0]?.happenedAt).toBeInstanceOf(Date)
  expect(olderCursor).toBeNull()
})

test('the whole history comes in pages without gaps, and new events shift none', async () => {
  const editor = await aPerson('editor')
  const section = await aSection()
  const startKite = async (n: number) =>
    valueOf(await startStory(editor, { headline: `Kite ${n}`, sectionId: String(section.id) }))
  for (let n = 0; n <= ENTRIES_ON_A_PAGE; n += 1) await startKite(n)
  const first = await findHistory({ storyId: null, before: null })
  expect(first.entries).toHaveLength(ENTRIES_ON_A_PAGE)
  await startKite(1000)
  const second = await findHistory({ storyId: null, before: first.olderCursor })
  const ids = [...first.entries, ...second.entries].map(({ id }) => id)
  expect(ids).toEqual([...new Set(ids)].sort((a, b) => b - a))
  const unreadable = await findHistory({ storyId: null, before: 'rubbish' })
  expect(unreadable.entries).toHaveLength(ENTRIES_ON_A_PAGE)
})
