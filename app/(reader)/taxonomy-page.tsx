import { MovedPage, NotFoundPage } from '@/components/reader/page/status-pages'
import type { Site } from '@/components/reader/page/site'
import { ListPage } from '@/components/reader/lists/list-page'
import { tag } from '@/domain/history/tag'
import type { Named, NameKind } from '@/domain/copy/name'
import type { FeedFormat } from '@/lib/addresses'
import { routes } from '@/lib/routes'
import { readNamed, readNamedFeed, readNamedStories } from '@/reading/names'
import { readNextChangeAt } from '@/reading/upcoming'
import { movedFeed, listFeed, feedNotFound, feedsOfList } from './feeds'
import { readSite, requestedCursor, type ListProps } from './site'

const addressOf = (kind: NameKind, named: { slug: string }) =>
  kind === 'author' ? routes.author(named) : routes.topic(named)

const about = (kind: NameKind, { name }: Named, { siteName }: Site) =>
  kind === 'author' ? `What ${name} wrote for ${siteName}` : `${name}: the latest from ${siteName}`

type Params = { params: Promise<{ slug: string }> }

/** The stories of an author or topic; 404 without a live story. */
export const taxonomyPage = (kind: NameKind) =>
  async function TaxonomyPage({ params, searchParams }: Params & ListProps) {
    const { slug } = await params
    const before = await requestedCursor(searchParams)
    const [site, found, staleAt] = await Promise.all([readSite(), readNamed(kind, slug), readNextChangeAt()])
    const withCursor = (path: string) => (before === null ? path : routes.before(path, before))
    const requested = { site, staleAt, address: withCursor(addressOf(kind, { slug })) }
    if (found === null) return <NotFoundPage {...requested} tags={[tag.absent(kind), tag.sections]} />
    const { named, newest } = found
    const tags = [tag.named(kind, named.id), tag.sections]
    const address = addressOf(kind, named)
    if (named.slug !== slug)
      return <MovedPage {...requested} tags={tags} stories={[newest]} status={301} location={withCursor(address)} />
    return (
      <ListPage
        {...{ site, before, staleAt, tags, address, newest }}
        {...feedsOfList(site, named.name, address)}
        page={await readNamedStories(kind, named, before)}
        title={named.name}
        description={about(kind, named, site)}
      />
    )
  }

export const taxonomyFeed =
  (kind: NameKind, format: FeedFormat) =>
  async (_request: Request, { params }: Params): Promise<Response> => {
    const { slug } = await params
    const [site, found, staleAt] = await Promise.all([readSite(), readNamed(kind, slug), readNextChangeAt()])
    if (found === null) return feedNotFound({ tags: [tag.absent(kind)], stories: [], staleAt })
    const { named, newest } = found
    const metadata = { tags: [tag.named(kind, named.id), tag.names, tag.sections], stories: [newest], staleAt }
    const address = addressOf(kind, named)
    if (named.slug !== slug) return movedFeed(format, address, metadata)
    const items = await readNamedFeed(kind, named)
    const listed = { title: `${named.name} · ${site.siteName}`, about: about(kind, named, site), address, items }
    return listFeed(format, site, listed, metadata)
  }
