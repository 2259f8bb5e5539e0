import { expect, test } from 'vitest'
import { database } from '@/db/client'
import { readNamed, readNamedStories } from '@/reading/names'
import { readStoryAt } from '@/reading/story'
import { staleTags } from '../history/tag'
import { aPerson, expectRefusal, refusalOf, valueOf } from '../newsroom.test-support'
import { publishStory } from '../story/publishing'
import { aDraft } from '../story/story.test-support'
import type { Actor } from '../user/user'
import { findByNames } from './store'
import { listNamed, mergeAuthors, renameAuthor, mergeTopics } from './managing'

const somebody = (name = 'Wobble') => `${name} ${crypto.randomUUID().slice(0, 8)}`

async function aLiveStory(names: { authors?: string; topics?: string }) {
  const { editor, storyId: id, form } = await aDraft()
  valueOf(await publishStory(editor, form(names)))
  return { editor, id, form }
}

async function known(kind: 'author' | 'topic', name: string) {
  const [found] = [...(await findByNames(database(), kind, [name])).values()]
  if (!found) throw new Error(`Nobody knows ${name}.`)
  return found
}

const authorsOf = async (id: number) => {
  const found = await readStoryAt(id)
  return found.kind === 'live' ? found.story.authors.map(({ name }) => name) : null
}

test('a renamed author is found by every slug, with the present name; the former name means the same', async () => {
  const [one, two, three] = [somebody(), somebody(), somebody()]
  const { editor, id, form } = await aLiveStory({ authors: one })
  const author = await known('author', one)
  valueOf(await renameAuthor(editor, { namedId: author.id, seenName: one, name: two }))
  const renamed = valueOf(await renameAuthor(editor, { namedId: author.id, seenName: two, name: three }))
  expect(await authorsOf(id)).toEqual([three])
  for (const name of [one, two, three])
    expect((await readNamed('author', name.toLowerCase().replace(' ', '-')))?.named).toEqual(renamed)
  valueOf(await publishStory(editor, form({ seenVersion: '2', authors: `${one}, ${three}` })))
  expect(await authorsOf(id)).toEqual([three])
  const back = valueOf(await renameAuthor(editor, { namedId: author.id, seenName: three, name: one }))
  expect(back.slug).toBe(author.slug)
})

test('a merge moves the stories, slugs and names of the first, and whatever was merged into it, to the other', async () => {
  const [one, two, three] = [somebody(), somebody(), somebody()]
  const first = await aLiveStory({ authors: `${one}, ${two}` })
  const second = await aLiveStory({ authors: three })
  const [a, b, c] = [await known('author', one), await known('author', two), await known('author', three)]
  const outcome = await mergeAuthors(first.editor, { namedId: a.id, seenName: one, into: two.toUpperCase() })
  expect(valueOf(outcome)).toEqual(b)
  expect(await authorsOf(first.id)).toEqual([two])
  if (outcome.ok) {
    expect(outcome.events).toMatchObject([{ type: 'names-merged', stories: 1 }])
    expect(outcome.events.flatMap(staleTags)).toEqual(expect.arrayContaining([`author:${a.id}`, `author:${b.id}`]))
  }
  valueOf(await mergeAuthors(first.editor, { namedId: b.id, seenName: two, into: three }))
  expect(await authorsOf(first.id)).toEqual([three])
  expect((await readNamedStories('author', c, null)).stories.map(({ id }) => id)).toEqual([second.id, first.id])
  for (const { slug } of [a, b]) expect((await readNamed('author', slug))?.named).toEqual(c)
  expect(refusalOf(await mergeAuthors(first.editor, { namedId: a.id, seenName: one, into: three }))).toEqual({
    kind: 'not-found',
    what: 'author',
  })
  // A draft with the merged name means the other one, also when it is published afterwards.
  const third = await aLiveStory({ authors: one })
  expect(await authorsOf(third.id)).toEqual([three])
})

test('a taken name, an unknown target of a merge and a name that was changed since are refused', async () => {
  const [one, two] = [somebody(), somebody()]
  const { editor } = await aLiveStory({ authors: `${one}, ${two}` })
  const { id } = await known('author', one)
  const rename = (name: string, seenName = one, actor: Actor = editor) =>
    renameAuthor(actor, { namedId: id, seenName, name })
  expect(refusalOf(await rename(two.toUpperCase()))).toEqual({ kind: 'name-taken', what: 'author', name: two })
  expectRefusal(await rename('Ann, Bo'), { kind: 'invalid' })
  expectRefusal(await rename(somebody(), two), { kind: 'unfit' })
  expectRefusal(await mergeAuthors(editor, { namedId: id, seenName: one, into: somebody() }), { kind: 'invalid' })
  expectRefusal(await rename(two, one, await aPerson('reporter')), { kind: 'not-permitted' })
})

test('the list has every topic by name with its number of stories, and no merged one', async () => {
  const [one, two] = [somebody('Salt A'), somebody('Salt B')]
  const { editor } = await aLiveStory({ topics: `${one}, ${two}` })
  const { id } = await known('topic', one)
  const listed = async () =>
    (await listNamed('topic', null)).named
      .filter(({ name }) => [one, two].includes(name))
      .map(({ name, stories }) => [name, stories])
  expect(await listed()).toEqual([
    [one, 1],
    [two, 1],
  ])
  valueOf(await mergeTopics(editor, { namedId: id, seenName: one, into: two }))
  expect(await listed()).toEqual([[two, 1]])
})
