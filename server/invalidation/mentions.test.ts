import { expect, test } from 'vitest'
import { mentions } from './mentions.test-support'

const story = { storyId: 17, headline: 'Ferry “lost” & found' }

test.each([
  ['<a href="/europe/ferry-17">More</a>', true],
  ['<loc>https://news.example/europe/ferry-17</loc>', true],
  ['<a href="/headlines#headline-17">x</a>', true],
  ['<h3 class="headline">Ferry “lost” &amp; found</h3>', true],
  ['<title> Ferry “lost” &amp; found </title>', true],
  ['<a href="/europe/ferry-171">x</a>', false],
  ['<p>Ferry</p>', false],
  ['<p>Nobody found the “lost” ferry</p>', false],
  ['', false],
])('a page mentions the stories it links to and the headlines it shows, escaped or not: %s', (document, mentioned) => {
  expect(mentions(document, story)).toBe(mentioned)
})
