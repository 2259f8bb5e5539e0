import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { database } from '@/db/client'
import { pictureLeases, pictures } from '@/db/schema/picture'
import { findHistory } from '../../history/queries'
import { aPerson, valueOf } from '../../newsroom.test-support'
import { saveDraft } from '../../story/drafting'
import { publishStory } from '../../story/publishing'
import { findStoryById } from '../../story/store'
import { aDraft } from '../../story/story.test-support'
import { addLease } from './clearing'
import { editPicture } from './editing'
import { aPicture, asLead, aUsablePicture } from './picture.test-support'
import { countUnused, findLibrary, type LibraryQuery } from './queries'
import { findEndingPictures } from './use-queries'

const found = async (query: LibraryQuery) => (await findLibrary(database(), query)).pictures.map(({ id }) => id)

test('a picture is found by its caption, people, keywords, credit and file, as it came or as the desk has it', async () => {
  const word = `zeppelin${crypto.randomUUID().slice(0, 8)}`
  const { id, by } = await aPicture({ caption: `A ${word} over Lower Quibble`, people: ['Ada Ey'], credit: 'Harbour' })
  for (const text of [word, word.slice(0, 12), `${word} ada`, `"${word} over"`, `${word} harbour`, `${word} pier.jpg`])
    expect(await found({ text })).toEqual([id])
  expect(await found({ text: `${word} -ada` })).toEqual([])
  valueOf(await editPicture(by, { pictureId: id, seenVersion: 1, caption: 'A balloon', keywords: `${word}x` }))
  expect(await found({ text: `${word} quibble` })).toEqual([])
  expect(await found({ text: `${word}x balloon` })).toEqual([id])
  expect(await found({ text: '!!!' })).toEqual([])
})

test('filters narrow the list, and pages follow one another without gaps', async () => {
  const reporter = await aPerson('reporter')
  const ids: number[] = []
  for (const told of [{}, { credit: 'Pier' }, { altText: 'A pier' }]) ids.unshift((await aPicture(told, reporter)).id)
  const [withAlt, withCredit, bare] = ids
  const mine = { uploadedById: reporter.id }
  expect(await found(mine)).toEqual(ids)
  expect(await found({ ...mine, missing: 'credit' })).toEqual([withAlt, bare])
  expect(await found({ ...mine, missing: 'alt' })).toEqual([withCredit, bare])
  expect(await found({ ...mine, usable: true })).toEqual([])
  expect(await found({ ...mine, usable: false, category: 'none' })).toEqual(ids)
  const first = await findLibrary(database(), { ...mine, limit: 2 })
  expect(first.pictures.map(({ id }) => id)).toEqual([withAlt, withCredit])
  expect(await found({ ...mine, limit: 2, before: first.olderCursor })).toEqual([bare])
  expect((await findLibrary(database(), { ...mine, before: 'nonsense' })).olderCursor).toBeNull()
  valueOf(await editPicture(reporter, { pictureId: bare, seenVersion: 1, decorative: 'yes' }))
  expect(await found({ ...mine, missing: 'alt' })).toEqual([withCredit])
})

test('a picture is unused for as long as nothing has used it', async () => {
  const { id, by } = await aUsablePicture()
  const mine = { uploadedById: by.id ?? 0 }
  const age = (column: 'uploaded_at' | 'last_used_at', days: number) =>
    database().execute(
      sql`update pictures set ${sql.raw(column)} = now() - make_interval(days => ${days}) where id = ${id}`,
    )
  expect(await found({ ...mine, unusedForDays: 30 })).toEqual([])
  await age('uploaded_at', 40)
  expect(await found({ ...mine, unusedForDays: 30 })).toEqual([id])
  expect(await countUnused(database(), 30)).toBeGreaterThan(0)
  const { editor, form, storyId } = await aDraft()
  const seenVersion = async () => String((await findStoryById(database(), storyId))?.draft.version)
  valueOf(await publishStory(editor, form({ picture: asLead(id) })))
  expect(await found({ ...mine, used: true })).toEqual([id])
  valueOf(await saveDraft(editor, form({ seenVersion: await seenVersion(), picture: '' })))
  await age('last_used_at', 40)
  // Readers see it still.
  expect(await found({ ...mine, unusedForDays: 30 })).toEqual([])
  valueOf(await publishStory(editor, form({ seenVersion: await seenVersion(), picture: '' })))
  expect(await found({ ...mine, used: false })).toEqual([id])
  expect(await found({ ...mine, unusedForDays: 30 })).toEqual([])
  await age('last_used_at', 40)
  expect(await found({ ...mine, unusedForDays: 30 })).toEqual([id])
})

test('the desk is warned a week before a picture in use may be used no more, with every place of it', async () => {
  const { id } = await aUsablePicture()
  const { editor, form } = await aDraft('Boats')
  valueOf(await publishStory(editor, form({ picture: asLead(id) })))
  const ending = async () => (await findEndingPictures(database())).filter(({ pictureId }) => pictureId === id)
  const until = new Date(Date.now() + 8 * 86_400_000).toISOString().slice(0, 16)
  const note = 'For a week'
  const { leases } = valueOf(await addLease(editor, { pictureId: id, kind: 'allow', until, timeZone: 'UTC', note }))
  expect(await ending()).toEqual([])
  const at = new Date(Date.now() + 6 * 86_400_000)
  await database()
    .update(pictureLeases)
    .set({ until: at })
    .where(eq(pictureLeases.id, leases[0]?.id ?? 0))
  expect(await ending()).toMatchObject([
    {
      pictureId: id,
      at,
      uses: [
        { headline: 'Boats', layer: 'live' },
        { headline: 'Boats', layer: 'draft' },
      ],
    },
  ])
  // Another one goes on behind it.
  valueOf(await addLease(editor, { pictureId: id, kind: 'allow', until: '2031-01-01T12:00', timeZone: 'UTC', note }))
  expect(await ending()).toEqual([])
})

test('the history of a picture is its own', async () => {
  const { id } = await aPicture()
  const { entries } = await findHistory({ storyId: null, pictureId: id, before: null })
  expect(entries.map(({ event }) => event.type)).toEqual(['picture-added'])
  expect(await database().select().from(pictures).where(eq(pictures.id, id))).toHaveLength(1)
})
