import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import type { LiveStory } from '@/domain/story/live-story'
import { HeadlineList } from './headlines'
import { liveStory } from '../story.test-support'

const rendered = (over: Partial<LiveStory> = {}) =>
  renderToStaticMarkup(<HeadlineList stories={[{ ...liveStory, ...over }]} timeZone="UTC" label="Latest" />)
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

test('in search results the words that were searched are marked, and the text stays as it is', () => {
  const searched = renderToStaticMarkup(
    <HeadlineList
      stories={[{ ...liveStory, headline: 'Overley’s “ferries” & F–16s', standfirst: 'The ferry of 東京都' }]}
      {...{ timeZone: 'UTC', label: 'Found', searched: "overley's ferry 東京" }}
    />,
  )
  expect(searched.match(/<mark>[^<]*/gu)).toEqual(['<mark>Overley', '<mark>ferries', '<mark>ferry', '<mark>東京'])
  expect(textOf(searched)).toContain('Overley’s “ferries” &amp; F–16s')
  expect(rendered()).not.toContain('<mark>')
})
