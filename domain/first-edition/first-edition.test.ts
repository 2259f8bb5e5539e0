import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { isReserved, slugPattern } from '../form/slug'
import { readWireCopy } from '../wire-copy/wire-copy'
import { firstEditionPlan, plannedSections } from './plan'

const document = readFileSync(new URL('./first-edition.txt', import.meta.url), 'utf8')
const parsed = readWireCopy(document)
if (!parsed.ok) throw new Error(`The first edition cannot be read. Line ${parsed.line}: ${parsed.problem}`)
const { stories, headlines } = parsed.copy

/** Computed by hand (sed -n 1,6p; sed -n 9,24p without the space at the end of the last), so that a change of the parser cannot change both sides. */
const sha256OfParagraphs = '872867442c2d5fe8fd49d1f6edc3dfe05a331634786940f493b85742c7fe226f'
const sha256OfHeadlines = '696280997efd08942ffeee616b188162a9f7f3411f3a6eaf594b067524307a30'

test('the first edition holds one story of six paragraphs, verbatim and without a headline of its own', () => {
  expect(stories).toHaveLength(1)
  expect(stories[0]).toMatchObject({ headline: null, line: 1 })
  expect(stories[0]?.paragraphs).toEqual(document.split('\n').slice(0, 6))
  expect(stories[0]?.paragraphs).toHaveLength(6)
  expect(sha256(stories[0]?.paragraphs)).toBe(sha256OfParagraphs)
  expect(stories[0]?.paragraphs[1]).toContain(
    '“The primary reason was that we did not want such a meeting to be without tangible progress,” he said',
  )
  expect(stories[0]?.paragraphs[4]).toMatch(/^Despite U\.S\. President Donald Trump’s recent meeting/u)
})

test('the first edition holds sixteen headlines, verbatim and in order', () => {
  expect(headlines.map(({ text }) => text)).toEqual(
    document
      .split('\n')
      .slice(8, 24)
      .map((line) => line.trim()),
  )
  expect(headlines).toHaveLength(16)
  expect(headlines.map(({ line }) => line)).toEqual(Array.from({ length: 16 }, (_, index) => index + 9))
  expect(sha256(headlines.map(({ text }) => text))).toBe(sha256OfHeadlines)
  expect(headlines.at(-1)?.text).toBe(
    'Russian Drone Attack Hits Turkish Cargo Ship Carrying Sunflower Oil to Egypt, Ukraine Says',
  )
})

test('no word of the document is left out', () => {
  const read = [...stories.flatMap(({ paragraphs }) => paragraphs), ...headlines.map(({ text }) => text)]
  expect(read.join(' ').split(/\s+/u)).toEqual(document.trim().split(/\s+/u))
})

test('the story’s headline is in its own words', () => {
  const { headline } = firstEditionPlan.story
  expect(stories[0]?.paragraphs[0]).toContain(headline)
  expect(headline).toBe(headline.trim())
  expect(headline.length).toBeLessThanOrEqual(200)
  expect(headline).toMatch(/^\p{Lu}.*[^\p{P}\s]$/u)
})

test('the plan places every headline of the document and no other, in the document’s order', () => {
  expect([...firstEditionPlan.headlines.keys()]).toEqual(headlines.map(({ text }) => text))
  expect(Object.keys(firstEditionPlan)).toEqual(['story', 'headlines'])
})

test('every section is planned once, has an address that a section may take, and is used', () => {
  expect(plannedSections.map(({ name, slug }) => [name, slug])).toEqual([
    ['Europe', 'europe'],
    ['Middle East', 'middle-east'],
    ['Asia', 'asia'],
    ['Americas', 'americas'],
    ['United States', 'united-states'],
  ])
  const used = new Set([firstEditionPlan.story.section, ...firstEditionPlan.headlines.values()])
  expect(new Set(plannedSections.map(({ slug }) => slug))).toEqual(used)
  for (const { slug } of plannedSections) {
    expect(slug).toMatch(slugPattern)
    expect(isReserved(slug)).toBe(false)
  }
})

function sha256(lines: string[] | undefined): string {
  return createHash('sha256')
    .update((lines ?? []).map((line) => `${line}\n`).join(''))
    .digest('hex')
}
