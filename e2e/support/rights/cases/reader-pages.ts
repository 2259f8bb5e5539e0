import { existsSync } from 'node:fs'
import { fixedPaths } from '@/lib/addresses'
import { routes } from '@/lib/routes'
import { nameKinds } from '@/domain/copy/name'
import { everybody, shownToAll, type PageCase } from '../case'
import { known, MISSING_STORY, type Fixture, type StoryName } from '../fixture'

const READER = 'app/(reader)'

const shown = (file: string, path: PageCase['path'], text?: string, of?: string) =>
  shownToAll(`${READER}/${file}`, path, text, of)
const notThere = (file: string, of: string | undefined, path: PageCase['path']): PageCase => ({
  ...shown(file, path, undefined, of),
  expected: everybody('not there'),
})

/** Pages for everybody. */
export const readerPages: PageCase[] = [
  shown('page.tsx', () => routes.frontPage, known.othersLive),
  shown('latest/page.tsx', () => routes.latest, known.ownLive),
  shown('headlines/page.tsx', () => routes.headlines, known.ownLive),
  shown('search/page.tsx', () => `${routes.search}?q=kite`, known.othersLive),
  shown('[section]/page.tsx', ({ section }) => routes.section(section), known.ownLive),
  shown('[section]/[slug]/page.tsx', storyPath('othersLive'), known.othersLive, 'a live story'),
  notThere('[section]/[slug]/page.tsx', 'a draft', storyPath('othersDraft')),
  notThere('[section]/[slug]/page.tsx', 'a scheduled story', storyPath('othersScheduled')),
  {
    ...notThere('[section]/[slug]/page.tsx', 'a withdrawn story', ({ section, stories }) =>
      routes.story({ id: stories.othersWithdrawn.id, slug: 'it', section }),
    ),
    expected: everybody('gone'),
  },
  ...nameKinds.flatMap((kind): PageCase[] => {
    const folder = `${kind}s/[slug]`
    const path = (slug: string) => (kind === 'author' ? routes.author({ slug }) : routes.topic({ slug }))
    const sitemap = kind === 'author' ? routes.sitemapOfAuthors : routes.sitemapOfTopics
    return [
      shown(`${folder}/page.tsx`, () => path('kite-wobble'), known.ownLive),
      notThere(`${folder}/page.tsx`, 'only a draft', () => path('kite-secretquill')),
      ...feeds(`${folder}/`, () => path('kite-wobble')),
      shown(`sitemaps/${kind}s.xml/route.ts#GET`, () => sitemap, 'kite-wobble'),
    ]
  }),
  shown('corrections/page.tsx', () => routes.corrections, 'Corrections'),
  shown('corrections/feed.xml/route.ts#GET', () => routes.correctionsFeed, 'Corrections'),
  notThere('[...address]/page.tsx', undefined, () => '/no/such/page/here'),
  ...feeds('', () => routes.frontPage),
  ...feeds('[section]/', ({ section }) => routes.section(section)),
  shown('robots.txt/route.ts#GET', () => '/robots.txt'),
  shown('sitemap.xml/route.ts#GET', () => routes.sitemap),
  shown('sitemaps/[after]/route.ts#GET', () => routes.sitemapFile(MISSING_STORY), 'kite-openharbour'),
]

/** The fixed addresses of lib/addresses.ts without a case above: everybody sees them. */
export const fixedPages: PageCase[] = Object.values(fixedPaths).flatMap((path) => {
  const files = [`${path}/page.tsx`, `${path}/route.ts#GET`].map((file) => file.replace(/^\/+/u, ''))
  const file = files.find((name) => existsSync(`${READER}/${name.replace('#GET', '')}`))
  const hasCase = readerPages.some(({ page }) => page === `${READER}/${file ?? ''}`)
  return file === undefined || hasCase ? [] : [shown(file, () => path)]
})

/** The feeds of a list in every format, with the live story. */
function feeds(folder: string, list: (fixture: Fixture) => string): PageCase[] {
  return (['feed.xml', 'atom.xml', 'feed.json'] as const).map((format) =>
    shown(`${folder}${format}/route.ts#GET`, (fixture) => routes.feedOf(list(fixture), format), known.ownLive),
  )
}

function storyPath(name: StoryName) {
  return ({ section, stories }: Fixture) => {
    const story = stories[name]
    return routes.story({ id: story.id, slug: story.stage === 'draft' ? story.draft.slug : story.slug, section })
  }
}
