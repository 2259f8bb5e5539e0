import { expect, test } from 'vitest'
import { mentioned, mentionsIn } from './mentions'

const story = { storyId: 17, headline: 'Ferry “lost” & found' }

test('a page mentions the stories it links to and the headlines it prints, escaped or not', () => {
  for (const document of [
    '<a href="/europe/ferry-17">More</a>',
    '<loc>https://news.example/europe/ferry-17</loc>',
    '<a href="/headlines#headline-17">x</a>',
    '<h3 class="headline">Ferry “lost” &amp; found</h3>',
    '<title> Ferry “lost” &amp; found </title>',
  ])
    expect([document, mentioned(mentionsIn(document), story)]).toEqual([document, true])
})

test('it does not mention others', () => {
  for (const document of [
    '<a href="/europe/ferry-171">x</a>',
    '<p>Ferry</p>',
    '<p>Nobody found the “lost” ferry</p>',
    '',
  ])
    expect([document, mentioned(mentionsIn(document), story)]).toEqual([document, false])
})
