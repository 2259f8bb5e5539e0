import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { database } from '@/db/client'
import { authorPortraits, storyPictures } from '@/db/schema/picture'
import { stories } from '@/db/schema/story'
import { users } from '@/db/schema/user'
import { aPerson, aSection, storyFields, valueOf } from '../newsroom.test-support'
import { startStory } from '../story/drafting'
import { publishStory, withdrawStory } from '../story/publishing'
import { addLease } from './library/clearing'
import { editPicture } from './library/editing'
import { aPicture, aUsablePicture } from './library/picture.test-support'
import { findActiveUser, findServedPicture, knownKeys, knownSha256s } from './serving-queries'

const served = (key: string) => findServedPicture(database(), key)

/** A draft with that picture; `publish` makes it live. */
async function aStoryWith(pictureId: number, fields: Record<string, string> = {}) {
  const editor = await aPerson('editor')
  const sectionId = String((await aSection()).id)
  const headline = 'Moon ferry returns'
  const { id } = valueOf(await startStory(editor, { headline, sectionId }))
  const form = storyFields({ storyId: String(id), seenVersion: '1', headline, sectionId, ...fields })
  const use = { storyId: id, place: 'lead' as const, position: 0, pictureId }
  return {
    id,
    editor,
    publish: async () => {
      valueOf(await publishStory(editor, form))
      const [row] = await database().select({ live: stories.liveRevisionId }).from(stories).where(eq(stories.id, id))
      await database()
        .insert(storyPictures)
        .values({ ...use, revisionId: row?.live })
    },
    withdraw: async () => valueOf(await withdrawStory(editor, { storyId: id, reason: 'It sank.' })),
  }
}

const soon = () => new Date(Date.now() + 60_000)

test('a picture is live while a live story has it, and the story is its witness', async () => {
  const picture = await aUsablePicture()
  expect(await served(picture.key)).toMatchObject({ isLive: false, tags: [`picture:${picture.id}`] })
  const story = await aStoryWith(picture.id)
  await story.publish()
  expect(await served(picture.key)).toMatchObject({
    ...{ id: picture.id, width: 1600, height: 1200, isLive: true, staleAt: null },
    tags: [`picture:${picture.id}`, `story:${story.id}`],
    labels: { credit: 'Harbour Pictures', alt: 'A pier' },
  })
  await story.withdraw()
  expect(await served(picture.key)).toMatchObject({ isLive: false, staleAt: null })
})

test('of several live stories one that stays is the witness', async () => {
  const picture = await aUsablePicture()
  const ends = await aStoryWith(picture.id)
  const stays = await aStoryWith(picture.id)
  await ends.publish()
  await stays.publish()
  await database().update(stories).set({ unpublishAt: soon(), unpublishReason: 'So' }).where(eq(stories.id, ends.id))
  expect(await served(picture.key)).toMatchObject({
    isLive: true,
    staleAt: null,
    tags: [expect.any(String), `story:${stays.id}`],
  })
})

test('a story that ends, and a lease that does, say until when it holds', async () => {
  const picture = await aUsablePicture()
  const story = await aStoryWith(picture.id)
  await story.publish()
  const end = soon()
  await database().update(stories).set({ unpublishAt: end, unpublishReason: 'So' }).where(eq(stories.id, story.id))
  expect((await served(picture.key))?.staleAt).toEqual(end)
  const until = new Date(Math.ceil(Date.now() / 60_000) * 60_000 + 60_000).toISOString().slice(0, 16)
  const lease = { pictureId: picture.id, kind: 'deny', from: until, until: '', timeZone: 'UTC', note: 'Sold' }
  valueOf(await addLease(story.editor, lease))
  expect((await served(picture.key))?.staleAt).toEqual(new Date(Math.min(end.getTime(), Date.parse(`${until}Z`))))
})

test('without rights, or denied, it is not live, whatever uses it', async () => {
  const unclear = await aPicture()
  const denied = await aUsablePicture()
  for (const { id } of [unclear, denied]) await (await aStoryWith(id)).publish()
  const lease = {
    pictureId: denied.id,
    kind: 'deny',
    from: '',
    until: '',
    timeZone: 'UTC',
    note: 'Withdrawn by the agency',
  }
  valueOf(await addLease(await aPerson('editor'), lease))
  for (const { key } of [unclear, denied]) expect(await served(key)).toMatchObject({ isLive: false })
})

test('a portrait is live while its author has a live story', async () => {
  const picture = await aUsablePicture()
  const portrait = await aUsablePicture()
  const story = await aStoryWith(picture.id, { authors: `Ada Ey ${crypto.randomUUID()}` })
  await story.publish()
  const [row] = await database().query.storyAuthors.findMany({ where: (one, { eq }) => eq(one.storyId, story.id) })
  const authorId = row?.namedId ?? 0
  await database()
    .insert(authorPortraits)
    .values({ authorId, pictureId: portrait.id, placedAt: new Date(), placedById: story.editor.id, placedByName: 'Ed' })
  expect(await served(portrait.key)).toMatchObject({
    isLive: true,
    tags: [`picture:${portrait.id}`, `author:${authorId}`],
  })
  const end = soon()
  await database().update(stories).set({ unpublishAt: end, unpublishReason: 'So' }).where(eq(stories.id, story.id))
  expect((await served(portrait.key))?.staleAt).toEqual(end)
  await story.withdraw()
  expect(await served(portrait.key)).toMatchObject({ isLive: false })
})

test('what the desk says is what renditions carry', async () => {
  const picture = await aUsablePicture()
  const before = await served(picture.key)
  valueOf(await editPicture(picture.by, { pictureId: picture.id, seenVersion: 1, credit: 'Pier Pictures' }))
  expect((await served(picture.key))?.labels).toEqual({ ...before?.labels, credit: 'Pier Pictures' })
})

test('keys, files and people that are known', async () => {
  const { key, id } = await aPicture()
  const found = await served(key)
  expect(await served('no-such-key-anywhere')).toBeNull()
  expect(await knownKeys(database(), [key, 'no-such-key'])).toEqual(new Set([key]))
  expect(await knownSha256s(database(), [found?.sha256 ?? '', 'f'.repeat(64)])).toEqual(new Set([found?.sha256]))
  expect(await knownKeys(database(), [])).toEqual(new Set())
  expect(id).toBe(found?.id)
  const person = await aPerson('reporter')
  expect(await findActiveUser(database(), person.id)).toEqual(person)
  await database().update(users).set({ disabledAt: new Date() }).where(eq(users.id, person.id))
  expect(await findActiveUser(database(), person.id)).toBeNull()
})
