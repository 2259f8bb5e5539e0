import { nameKinds } from '@/domain/copy/name'
import { routes } from '@/lib/routes'
import { known, MISSING_STORY, type Fixture, type StoryName } from './fixture'
import type { PageCase } from './page-case'
import { everybody } from './visitors'

const READER = 'app/(reader)'

/** What everybody may read. */
export const readerPages: PageCase[] = [
  { place: `${READER}/page.tsx`, at: () => routes.frontPage, shows: known.othersLive, sees: everybody('shown') },
  { place: `${READER}/latest/page.tsx`, at: () => routes.latest, shows: known.ownLive, sees: everybody('shown') },
  { place: `${READER}/headlines/page.tsx`, at: () => routes.headlines, shows: known.ownLive, sees: everybody('shown') },
  {
    place: `${READER}/search/page.tsx`,
    at: () => `${routes.search}?q=kite`,
    shows: known.othersLive,
    sees: everybody('shown'),
  },
  {
    place: `${READER}/[section]/page.tsx`,
    at: ({ section }) => routes.section(section),
    shows: known.ownLive,
    sees: everybody('shown'),
  },
  {
    place: `${READER}/[section]/[slug]/page.tsx`,
    of: 'a live story',
    at: (house) => asReaders(house, 'othersLive'),
    shows: known.othersLive,
    sees: everybody('shown'),
  },
  {
    place: `${READER}/[section]/[slug]/page.tsx`,
    of: 'a draft',
    at: (house) => asReaders(house, 'othersDraft'),
    sees: everybody('not there'),
  },
  {
    place: `${READER}/[section]/[slug]/page.tsx`,
    of: 'a scheduled story',
    at: (house) => asReaders(house, 'othersScheduled'),
    sees: everybody('not there'),
  },
  {
    place: `${READER}/[section]/[slug]/page.tsx`,
    of: 'a withdrawn story',
    at: ({ section, stories }) => routes.story({ id: stories.othersWithdrawn.id, slug: 'it', section }),
    sees: everybody('gone'),
  },
  ...nameKinds.flatMap((kind): PageCase[] => {
    const place = `${READER}/${kind}s/[slug]`
    const at = (slug: string) => (kind === 'author' ? routes.author({ slug }) : routes.topic({ slug }))
    return [
      { place: `${place}/page.tsx`, at: () => at('kite-wobble'), shows: known.ownLive, sees: everybody('shown') },
      {
        place: `${place}/page.tsx`,
        of: 'only a draft',
        at: () => at('kite-secretquill'),
        sees: everybody('not there'),
      },
      ...feedsOf(place, () => at('kite-wobble')),
      {
        place: `${READER}/sitemaps/${kind}s.xml/route.ts#GET`,
        at: () => (kind === 'author' ? routes.sitemapOfAuthors : routes.sitemapOfTopics),
        shows: 'kite-wobble',
        sees: everybody('shown'),
      },
    ]
  }),
  {
    place: `${READER}/corrections/page.tsx`,
    at: () => routes.corrections,
    shows: 'Corrections',
    sees: everybody('shown'),
  },
  {
    place: `${READER}/corrections/feed.xml/route.ts#GET`,
    at: () => routes.correctionsFeed,
    shows: 'Corrections',
    sees: everybody('shown'),
  },
  { place: `${READER}/[...address]/page.tsx`, at: () => '/no/such/page/here', sees: everybody('not there') },
  ...feedsOf(READER, () => routes.frontPage),
  ...feedsOf(`${READER}/[section]`, ({ section }) => routes.section(section)),
  { place: `${READER}/robots.txt/route.ts#GET`, at: () => '/robots.txt', sees: everybody('shown') },
  { place: `${READER}/sitemap.xml/route.ts#GET`, at: () => routes.sitemap, sees: everybody('shown') },
  {
    place: `${READER}/sitemaps/[after]/route.ts#GET`,
    at: () => routes.sitemapFile(MISSING_STORY),
    shows: 'kite-openharbour',
    sees: everybody('shown'),
  },
]

/** A list in every format in which it can be followed; everybody finds the live story there. */
function feedsOf(folder: string, page: (house: Fixture) => string): PageCase[] {
  return (['feed.xml', 'atom.xml', 'feed.json'] as const).map((format) => ({
    place: `${folder}/${format}/route.ts#GET`,
    at: (house) => routes.feedOf(page(house), format),
    shows: known.ownLive,
    sees: everybody('shown'),
  }))
}

function asReaders({ section, stories }: Fixture, name: StoryName): string {
  const story = stories[name]
  const slug = story.stage === 'draft' ? story.draft.slug : story.slug
  return routes.story({ id: story.id, slug, section })
}
