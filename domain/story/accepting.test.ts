import { expect, test } from 'vitest'
import { database } from '@/db/client'
import { flawKey, findFlaws, noneKnown } from '../copy/flaws'
import { aPerson, historyOf, refusalOf, storyFields, valueOf } from '../newsroom.test-support'
import { scheduleStory } from '../schedule/scheduling'
import { acceptFlaw } from './accepting'
import { findAcceptedFlaws } from './accepted-flaw-store'
import { saveDraft } from './drafting'
import { publishStory } from './publishing'
import { findStoryById } from './store'
import { aDraft, bodyOf, text } from './story.test-support'

async function aDraftWith(words: string) {
  const { storyId, section, editor } = await aDraft()
  const fields = async (body: string) => {
    const draft = (await findStoryById(database(), storyId))?.draft
    return storyFields({
      storyId: String(storyId),
      seenVersion: String(draft?.version),
      headline: draft?.headline ?? '',
      sectionId: String(section.id),
      slug: draft?.slug ?? '',
      body: bodyOf(text(body)),
    })
  }
  valueOf(await saveDraft(editor, await fields(words)))
  const keys = async () => {
    const story = await findStoryById(database(), storyId)
    return story === null ? [] : findFlaws(story.draft, noneKnown).map(flawKey)
  }
  return { storyId, editor, fields, keys }
}

test('a name that looks like a gap is accepted once, with who said so, and the story is published with it', async () => {
  const { storyId, editor, fields, keys } = await aDraftWith('Flight TK 1951 landed in Overley.')
  expect(await refusalOf(await publishStory(editor, await fields('Flight TK 1951 landed in Overley.')))).toMatchObject({
    kind: 'unfinished',
    gaps: [{ kind: 'unresolved', name: 'Flight TK 1951' }],
  })
  const [flaw = ''] = await keys()
  valueOf(await acceptFlaw(editor, { storyId, flaw }))
  valueOf(await acceptFlaw(editor, { storyId, flaw }))
  expect((await historyOf(storyId)).filter((line) => JSON.stringify(line).includes('Flight TK 1951'))).toHaveLength(1)
  // The text around it may change.
  const later = await fields('Nobody sang. Flight TK 1951 was late.')
  expect(valueOf(await publishStory(editor, later)).stage).toBe('live')
})

test('what was accepted in one place is no licence for another gap', async () => {
  const { storyId, editor, fields, keys } = await aDraftWith('Flight TK 1951 landed.')
  valueOf(await acceptFlaw(editor, { storyId, flaw: (await keys())[0] }))
  const gap = 'Flight TK 1951 landed with TK people.'
  expect(await refusalOf(await publishStory(editor, await fields(gap)))).toMatchObject({
    gaps: [{ name: 'with TK people.' }],
  })
  valueOf(await saveDraft(editor, await fields(gap)))
  expect(
    await refusalOf(await scheduleStory(editor, { storyId, seenVersion: 3, due: '2099-01-01T10:00', timeZone: 'UTC' })),
  ).toMatchObject({
    kind: 'unfinished',
  })
})

test('what was accepted does not hide the 21st gap', async () => {
  const names = Array.from({ length: 21 }, (_, n) => `TK ${n}`).join(', ')
  const { storyId, editor, fields, keys } = await aDraftWith(names)
  for (const flaw of await keys()) valueOf(await acceptFlaw(editor, { storyId, flaw }))
  expect(await refusalOf(await publishStory(editor, await fields(names)))).toMatchObject({
    gaps: [{ name: '19, TK 20' }],
  })
})

test('a flaw that is not in the draft any more is not accepted, and neither is one by a reporter', async () => {
  const { storyId, editor, fields, keys } = await aDraftWith('The TK Stores closed.')
  const [flaw = ''] = await keys()
  expect(await refusalOf(await acceptFlaw(await aPerson('reporter'), { storyId, flaw }))).toMatchObject({
    kind: 'not-found',
  })
  valueOf(await saveDraft(editor, await fields('The stores closed.')))
  expect(await refusalOf(await acceptFlaw(editor, { storyId, flaw }))).toMatchObject({ kind: 'unfit' })
  expect(await findAcceptedFlaws(database(), storyId)).toEqual(new Set())
})
