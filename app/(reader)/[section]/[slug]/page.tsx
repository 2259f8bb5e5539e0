import { GonePage, MovedPage, NotFoundPage } from '@/components/reader/page/status-pages'
import { Head } from '@/components/reader/page/head'
import { StoryJsonLd } from '@/components/reader/json-ld'
import { PageFrame } from '@/components/reader/page/page-frame'
import { PageMetaTags } from '@/components/reader/page/page-metadata'
import { NextHeadlines, ShareLinks, Story } from '@/components/reader/story'
import { tag } from '@/domain/history/tag'
import type { LiveStory } from '@/domain/story/live-story'
import { routes, storyIdInSlug } from '@/lib/routes'
import { readCursorOfHeadline } from '@/reading/lists'
import { readStoryAt } from '@/reading/story'
import { readNextChangeAt } from '@/reading/upcoming'
import { readSite } from '../../site'

type Props = { params: Promise<{ section: string; slug: string }> }

export default async function StoryPage({ params }: Props) {
  const { section, slug } = await params
  const requestedPath = `/${section}/${slug}`
  const id = storyIdInSlug(slug)
  const site = await readSite()
  if (id === null) return <NotFoundPage site={site} tags={[tag.sections]} address={requestedPath} />
  const [found, staleAt] = await Promise.all([readStoryAt(id), readNextChangeAt()])
  const tags = [tag.story(id), tag.sections]
  if (found.kind === 'withdrawn') return <GonePage site={site} tags={tags} address={requestedPath} />
  if (found.kind === 'nothing')
    return <NotFoundPage site={site} tags={tags} address={requestedPath} staleAt={staleAt} />
  const { story, corrections } = found
  const address = routes.story(story)
  const moved = { site, tags, stories: [story], staleAt, address: requestedPath }
  if (!story.hasBody) {
    const to = routes.headline(story, await readCursorOfHeadline(id))
    return <MovedPage {...moved} tags={[...tags, tag.headlines]} status={302} to={to} />
  }
  if (address !== requestedPath) return <MovedPage {...moved} status={301} to={address} />
  return (
    <PageFrame site={site} within={routes.section(story.section)}>
      <PageMetaTags
        tags={[...tags, ...taxonomyTags(story), tag.latest]}
        stories={[story, ...found.next]}
        staleAt={staleAt}
      />
      <Head
        site={site}
        title={story.retracted ? `Retracted: ${story.headline}` : story.headline}
        description={story.standfirst}
        address={address}
        kind="article"
      />
      <StoryJsonLd story={story} corrections={corrections} site={site} />
      <div className="story-page">
        <Story story={story} corrections={corrections} timeZone={site.timeZone} />
        <ShareLinks story={story} address={site.siteUrl + address} />
        <NextHeadlines stories={found.next} timeZone={site.timeZone} />
      </div>
    </PageFrame>
  )
}

/** The tags of the authors and topics on the page. */
const taxonomyTags = ({ authors, topics }: LiveStory) => [
  ...authors.map(({ id }) => tag.named('author', id)),
  ...topics.map(({ id }) => tag.named('topic', id)),
]
