import { expect, test } from 'vitest'
import { mentions } from './mentions.test-support'

const story = { storyId: 17, headline: 'Ferry “lost” & found' }

test('a page mentions the stories it links to and the headlines it shows, escaped or not', () => {
  for (const document of [
    '<a href="/europe/ferry-17">More</a>',
    '<loc>https://news.example/europe/ferry-17</loc>',
    '<a href="/headlines#headline-17">x</a>',
    '<h3 class="headline">Ferry “lost” &amp; found</h3>',
    '<title> Ferry “lost” &amp; found </title>',
  ])
    expect([document, mentions(document, story)]).toEqual([document, true])
})

test('it mentions no other story', () => {
  for (const document of [
    '<a href="/europe/ferry-171">x</a>',
    '<p>Ferry</p>',
    '<p>Nobody found the “lost” ferry</p>',
    '',
  ])
    expect([document, mentions(document, story)]).toEqual([document, false])
})
