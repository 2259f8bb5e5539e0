import { nameKinds } from '@/domain/copy/name'
import { routes } from '@/lib/routes'
import { known, MISSING_STORY, type Fixture, type StoryName } from './fixture'
import { everybody, type PageCase } from './case'

const READER = 'app/(reader)'

/** Pages for everybody. */
export const readerPages: PageCase[] = [
  { page: `${READER}/page.tsx`, path: () => routes.frontPage, text: known.othersLive, expected: everybody('shown') },
  { page: `${READER}/latest/page.tsx`, path: () => routes.latest, text: known.ownLive, expected: everybody('shown') },
  {
    page: `${READER}/headlines/page.tsx`,
    path: () => routes.headlines,
    text: known.ownLive,
    expected: everybody('shown'),
  },
  {
    page: `${READER}/search/page.tsx`,
    path: () => `${routes.search}?q=kite`,
    text: known.othersLive,
    expected: everybody('shown'),
  },
  {
    page: `${READER}/[section]/page.tsx`,
    path: ({ section }) => routes.section(section),
    text: known.ownLive,
    expected: everybody('shown'),
  },
  {
    page: `${READER}/[section]/[slug]/page.tsx`,
    of: 'a live story',
    path: (fixture) => readerPath(fixture, 'othersLive'),
    text: known.othersLive,
    expected: everybody('shown'),
  },
  {
    page: `${READER}/[section]/[slug]/page.tsx`,
    of: 'a draft',
    path: (fixture) => readerPath(fixture, 'othersDraft'),
    expected: everybody('not there'),
  },
  {
    page: `${READER}/[section]/[slug]/page.tsx`,
    of: 'a scheduled story',
    path: (fixture) => readerPath(fixture, 'othersScheduled'),
    expected: everybody('not there'),
  },
  {
    page: `${READER}/[section]/[slug]/page.tsx`,
    of: 'a withdrawn story',
    path: ({ section, stories }) => routes.story({ id: stories.othersWithdrawn.id, slug: 'it', section }),
    expected: everybody('gone'),
  },
  ...nameKinds.flatMap((kind): PageCase[] => {
    const folder = `${READER}/${kind}s/[slug]`
    const path = (slug: string) => (kind === 'author' ? routes.author({ slug }) : routes.topic({ slug }))
    return [
      {
        page: `${folder}/page.tsx`,
        path: () => path('kite-wobble'),
        text: known.ownLive,
        expected: everybody('shown'),
      },
      {
        page: `${folder}/page.tsx`,
        of: 'only a draft',
        path: () => path('kite-secretquill'),
        expected: everybody('not there'),
      },
      ...feedsOf(folder, () => path('kite-wobble')),
      {
        page: `${READER}/sitemaps/${kind}s.xml/route.ts#GET`,
        path: () => (kind === 'author' ? routes.sitemapOfAuthors : routes.sitemapOfTopics),
        text: 'kite-wobble',
        expected: everybody('shown'),
      },
    ]
  }),
  {
    page: `${READER}/corrections/page.tsx`,
    path: () => routes.corrections,
    text: 'Corrections',
    expected: everybody('shown'),
  },
  {
    page: `${READER}/corrections/feed.xml/route.ts#GET`,
    path: () => routes.correctionsFeed,
    text: 'Corrections',
    expected: everybody('shown'),
  },
  { page: `${READER}/[...address]/page.tsx`, path: () => '/no/such/page/here', expected: everybody('not there') },
  ...feedsOf(READER, () => routes.frontPage),
  ...feedsOf(`${READER}/[section]`, ({ section }) => routes.section(section)),
  { page: `${READER}/robots.txt/route.ts#GET`, path: () => '/robots.txt', expected: everybody('shown') },
  { page: `${READER}/sitemap.xml/route.ts#GET`, path: () => routes.sitemap, expected: everybody('shown') },
  {
    page: `${READER}/sitemaps/[after]/route.ts#GET`,
    path: () => routes.sitemapFile(MISSING_STORY),
    text: 'kite-openharbour',
    expected: everybody('shown'),
  },
]

/** The feeds of a list in every format, with the live story. */
function feedsOf(folder: string, page: (fixture: Fixture) => string): PageCase[] {
  return (['feed.xml', 'atom.xml', 'feed.json'] as const).map((format) => ({
    page: `${folder}/${format}/route.ts#GET`,
    path: (fixture) => routes.feedOf(page(fixture), format),
    text: known.ownLive,
    expected: everybody('shown'),
  }))
}

function readerPath({ section, stories }: Fixture, name: StoryName): string {
  const story = stories[name]
  const slug = story.stage === 'draft' ? story.draft.slug : story.slug
  return routes.story({ id: story.id, slug, section })
}
