import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import type { LiveStory } from '@/domain/story/live-story'
import { HeadlineList } from './headlines'
import { blankCopy } from '@/domain/copy/copy'
import { pickText } from '@/domain/copy/copy-fields'

const story: LiveStory = {
  id: 7,
  section: { id: 1, slug: 'harbour', name: 'Harbour' },
  slug: 'herring-votes',
  ...pickText(blankCopy()),
  headline: 'Herring votes',
  authors: [],
  topics: [],
  hasBody: false,
  liveAt: new Date('2025-03-03T14:05:00Z'),
  updatedAt: null,
  retracted: false,
  unpublishAt: null,
}
const rendered = (over: Partial<LiveStory> = {}) =>
  renderToStaticMarkup(<HeadlineList stories={[{ ...story, ...over }]} timeZone="UTC" label="Latest" />)
const textOf = (markup: string) => markup.replace(/<[^>]+>/gu, '')

test('a headline shows its year, and time and section are separate words without styles', () => {
  expect(textOf(rendered())).toBe('3 Mar 2025, 14:05 HarbourHerring votes')
})

test('a corrected headline links to the corrections; a story with a body shows them on its own page', () => {
  const updatedAt = new Date('2025-03-04T09:00:00Z')
  const corrected = rendered({ updatedAt })
  expect(textOf(corrected)).toBe('3 Mar 2025, 14:05 Harbour Updated 4 Mar 2025, 09:00Herring votes')
  expect(corrected).toContain('href="/corrections"')
  expect(rendered({ updatedAt, hasBody: true })).not.toContain('Updated')
})
