import { MovedPage, NotFoundPage } from '@/components/reader/page/status-pages'
import { Head } from '@/components/reader/page/head'
import type { Site } from '@/components/reader/page/site'
import { ListPage } from '@/components/reader/list-page'
import { PageFrame } from '@/components/reader/page/page-frame'
import { PageMetaTags } from '@/components/reader/page/page-metadata'
import { tag } from '@/domain/history/tag'
import type { Named, NameKind } from '@/domain/copy/name'
import { routes } from '@/lib/routes'
import { readNamed, readNamedFeed, readNamedStories } from '@/reading/names'
import { readNextChangeAt } from '@/reading/upcoming'
import { movedFeed, listFeed, feedNotFound, alternateFeeds, type Format } from './feeds'
import { readSite } from './site'

const addressOf = (kind: NameKind, named: { slug: string }) =>
  kind === 'author' ? routes.author(named) : routes.topic(named)

const about = (kind: NameKind, { name }: Named, { siteName }: Site) =>
  kind === 'author' ? `What ${name} wrote for ${siteName}` : `${name}: the latest from ${siteName}`

/** The stories of an author or topic; 404 without a live story. */
export async function TaxonomyPage({ kind, slug, before }: { kind: NameKind; slug: string; before: string | null }) {
  const [site, found, staleAt] = await Promise.all([readSite(), readNamed(kind, slug), readNextChangeAt()])
  const withCursor = (path: string) => (before === null ? path : routes.before(path, before))
  const requestedPath = withCursor(addressOf(kind, { slug }))
  if (found === null)
    return (
      <NotFoundPage site={site} tags={[tag.absent(kind), tag.sections]} address={requestedPath} staleAt={staleAt} />
    )
  const { named, newest } = found
  const tags = [tag.named(kind, named.id), tag.sections]
  const address = addressOf(kind, named)
  if (named.slug !== slug) {
    const moved = { site, tags, stories: [newest], staleAt, address: requestedPath }
    return <MovedPage {...moved} status={301} to={withCursor(address)} />
  }
  const page = await readNamedStories(kind, named, before)
  return (
    <PageFrame site={site}>
      <PageMetaTags tags={tags} stories={[newest, ...page.stories]} staleAt={staleAt} />
      <Head
        site={site}
        title={named.name}
        description={about(kind, named, site)}
        address={withCursor(address)}
        feed={{ title: `${named.name} · ${site.siteName}`, href: routes.feedOf(address, 'feed.xml') }}
        alternates={alternateFeeds(address)}
      />
      <ListPage site={site} title={named.name} page={page} address={address} older={before !== null} />
    </PageFrame>
  )
}

export async function taxonomyFeed(kind: NameKind, slug: string, format: Format): Promise<Response> {
  const [site, found, staleAt] = await Promise.all([readSite(), readNamed(kind, slug), readNextChangeAt()])
  if (found === null) return feedNotFound({ tags: [tag.absent(kind)], stories: [], staleAt })
  const { named, newest } = found
  const metadata = {
    tags: [tag.named(kind, named.id), tag.names, tag.sections],
    stories: [newest],
    staleAt,
  }
  const address = addressOf(kind, named)
  if (named.slug !== slug) return movedFeed(format, address, metadata)
  const items = await readNamedFeed(kind, named)
  const listed = { title: `${named.name} · ${site.siteName}`, about: about(kind, named, site), address, items }
  return listFeed(format, site, listed, metadata)
}
