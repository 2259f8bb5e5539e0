import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readNotice } from './notice'

test('a notice is read as it is sent', () => {
  const at = '2026-11-24T10:00:00.000Z'
  const withdrawn = [
    { storyId: 17, headline: 'Ferry lost', from: null },
    { storyId: 18, headline: 'Ferry sails', from: new Date('2026-11-25T10:00:00Z') },
  ]
  const notice = { tags: ['story:17'], history: 5, at, withdrawn }
  expect(readNotice(JSON.stringify(notice))).toEqual({ ...notice, at: Date.parse(at) })
  // As an earlier build sends it.
  const earlierFormat = readNotice('{"tags":[],"withdrawn":[{"storyId":17,"headline":"Ferry lost"}]}')
  expect(earlierFormat.withdrawn).toEqual(withdrawn.slice(0, 1))
  expect(readNotice('{"tags":["*"]}')).toEqual({ tags: ['*'], history: 0, at: null, withdrawn: [] })
})

test('a notice that cannot be read makes every page stale, without throwing', () => {
  const everything = { tags: ['*'], history: 0, at: null, withdrawn: [] }
  const payloads = ['', 'x', '{}', '[]', 'null', '{"tags":"front-page"}', '{"tags":[1]}', '{"tags":[],"at":"soon"}']
  for (const payload of payloads) expect([payload, readNotice(payload)]).toEqual([payload, everything])
  fc.assert(fc.property(fc.json(), (payload) => Array.isArray(readNotice(payload).tags)))
})
