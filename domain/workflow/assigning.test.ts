import { expect, test } from 'vitest'
import { aPerson, expectRefusal, historyOf, refusalOf, valueOf } from '../newsroom.test-support'
import { disablePerson } from '../people/managing'
import { commandLineActor } from '../user/user'
import { assignStory } from './assigning'
import { editHeadline, startStory } from '../story/drafting'
import { findStory } from '../story/queries'
import { findOnDesk } from '../desk/queries'

const everything = { list: null, stage: null, sectionId: null, search: '', before: null }

async function aDesk() {
  const [rae, quill] = [await aPerson('reporter', 'Rae'), await aPerson('reporter', 'Quill')]
  const edith = await aPerson('editor', 'Edith')
  const { id: storyId } = valueOf(await startStory(rae, { headline: 'Kite at dusk', sectionId: '' }))
  return { rae, quill, edith, storyId }
}

test('a reporter sees and edits a story while it is assigned to them', async () => {
  const { quill, edith, storyId } = await aDesk()
  expect(await findStory(quill, storyId)).toBeNull()
  valueOf(await assignStory(edith, { storyId, seenAssignee: '', assigneeId: quill.id }))
  const seen = async () => (await findOnDesk(quill, everything)).stories.map(({ id }) => id)
  expect(await seen()).toContain(storyId)
  valueOf(await editHeadline(quill, { storyId, seenHeadline: 'Kite at dusk', headline: 'Kite by Quill' }))
  valueOf(await assignStory(edith, { storyId, seenAssignee: quill.id, assigneeId: '' }))
  const late = await editHeadline(quill, { storyId, seenHeadline: 'Kite by Quill', headline: 'Kite' })
  expectRefusal(late, { kind: 'not-found' })
  expect(await seen()).not.toContain(storyId)
  expect((await historyOf(storyId)).slice(1)).toMatchObject([
    { type: 'story-assigned', to: 'Quill', before: null },
    { type: 'draft-saved' },
    { type: 'story-assigned', to: null, before: 'Quill' },
  ])
})

test('a reporter takes their own unassigned story, and assigns none to others', async () => {
  const { rae, quill, edith, storyId } = await aDesk()
  const assign = (actor: typeof rae, seenAssignee: number | '', assigneeId: number | '') =>
    assignStory(actor, { storyId, seenAssignee, assigneeId })
  expectRefusal(await assign(rae, '', quill.id), { kind: 'not-permitted' })
  valueOf(await assign(rae, '', rae.id))
  valueOf(await assign(edith, rae.id, edith.id))
  expectRefusal(await assign(rae, edith.id, rae.id), { kind: 'not-permitted' })
})

test('of two editors who assign a story at once the second is refused, and a disabled person is no assignee', async () => {
  const { rae, quill, edith, storyId } = await aDesk()
  const otto = await aPerson('editor', 'Otto')
  const both = await Promise.all([
    assignStory(edith, { storyId, seenAssignee: '', assigneeId: quill.id }),
    assignStory(otto, { storyId, seenAssignee: '', assigneeId: rae.id }),
  ])
  const winner = both[0].ok ? quill : rae
  expect(both.filter(({ ok }) => ok)).toHaveLength(1)
  expect(both.flatMap((answer) => (answer.ok ? [] : [answer.refusal]))).toEqual([
    { kind: 'reassigned', toId: winner.id, to: winner.name },
  ])
  const gone = await aPerson('reporter')
  valueOf(await disablePerson(commandLineActor, { userId: gone.id }))
  const refused = refusalOf(await assignStory(edith, { storyId, seenAssignee: winner.id, assigneeId: gone.id }))
  expect(refused).toEqual({ kind: 'not-found', what: 'person' })
})
