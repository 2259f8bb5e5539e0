import { Moved, NothingHere } from '@/components/reader/answers'
import { Head } from '@/components/reader/head'
import type { House } from '@/components/reader/house'
import { ListPage } from '@/components/reader/list-page'
import { PageFrame } from '@/components/reader/page-frame'
import { PageTags } from '@/components/reader/page-notes'
import { tag } from '@/domain/history/tag'
import { firstEnd } from '@/domain/story/live-story'
import type { Named, NameKind } from '@/domain/name/name'
import { routes } from '@/lib/routes'
import { readNamed, readNamedFeed, readNamedStories } from '@/reading/names'
import { readNextMoment } from '@/reading/upcoming'
import { feedMoved, feedOfList, noSuchFeed, otherFeedsOf, type Format } from './feeds'
import { readHouse } from './house'

const addressOf = (kind: NameKind, named: { slug: string }) =>
  kind === 'author' ? routes.author(named) : routes.topic(named)

const about = (kind: NameKind, { name }: Named, { siteName }: House) =>
  kind === 'author' ? `What ${name} wrote for ${siteName}` : `${name}: the latest from ${siteName}`

/** All that readers find of one author, or about one topic. One that has no live story is not there. */
export async function NamedPage({ kind, slug, before }: { kind: NameKind; slug: string; before: string | null }) {
  const [house, found, next] = await Promise.all([readHouse(), readNamed(kind, slug), readNextMoment()])
  const at = (place: string) => (before === null ? place : routes.before(place, before))
  const asked = at(addressOf(kind, { slug }))
  if (found === null)
    return <NothingHere house={house} tags={[tag.nobody(kind), tag.sections]} address={asked} until={next} />
  const { named, newest } = found
  const tags = [tag.named(kind, named.id), tag.sections]
  const address = addressOf(kind, named)
  if (named.slug !== slug) {
    const moved = { house, tags, until: next, ends: firstEnd([newest]), address: asked }
    return <Moved {...moved} status={301} to={at(address)} />
  }
  const page = await readNamedStories(kind, named, before)
  return (
    <PageFrame house={house}>
      <PageTags tags={tags} until={next} ends={firstEnd([newest, ...page.stories])} />
      <Head
        house={house}
        title={named.name}
        description={about(kind, named, house)}
        address={at(address)}
        feed={{ title: `${named.name} · ${house.siteName}`, href: routes.feedOf(address, 'feed.xml') }}
        alsoAs={otherFeedsOf(address)}
      />
      <ListPage house={house} title={named.name} page={page} address={address} older={before !== null} />
    </PageFrame>
  )
}

/** The same as a feed. */
export async function namedFeed(kind: NameKind, slug: string, format: Format): Promise<Response> {
  const [house, found, until] = await Promise.all([readHouse(), readNamed(kind, slug), readNextMoment()])
  if (found === null) return noSuchFeed({ tags: [tag.nobody(kind)], until })
  const { named, newest } = found
  const told = { tags: [tag.named(kind, named.id), tag.names, tag.sections], until, ends: firstEnd([newest]) }
  const address = addressOf(kind, named)
  if (named.slug !== slug) return feedMoved(format, address, told)
  const items = await readNamedFeed(kind, named)
  const listed = { title: `${named.name} · ${house.siteName}`, about: about(kind, named, house), address, items }
  return feedOfList(format, house, listed, told)
}
