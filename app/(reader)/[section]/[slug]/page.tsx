import { GonePage, MovedPage, NotFoundPage } from '@/components/reader/page/status-pages'
import { StoryJsonLd } from '@/components/reader/json-ld'
import { ReaderPage } from '@/components/reader/page/reader-page'
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
  const requested = { site, address: requestedPath }
  if (id === null) return <NotFoundPage {...requested} tags={[tag.sections]} />
  const [found, staleAt] = await Promise.all([readStoryAt(id), readNextChangeAt()])
  const tags = [tag.story(id), tag.sections]
  if (found.kind === 'withdrawn') return <GonePage {...requested} tags={tags} />
  if (found.kind === 'nothing') return <NotFoundPage {...requested} tags={tags} staleAt={staleAt} />
  const { story, corrections } = found
  const address = routes.story(story)
  const moved = { ...requested, tags, stories: [story], staleAt }
  if (!story.hasBody) {
    const location = routes.headline(story, await readCursorOfHeadline(id))
    return <MovedPage {...moved} tags={[...tags, tag.headlines]} status={302} location={location} />
  }
  if (address !== requestedPath) return <MovedPage {...moved} status={301} location={address} />
  return (
    <ReaderPage
      {...{ site, staleAt, address }}
      tags={[...tags, ...taxonomyTags(story), tag.latest]}
      stories={[story, ...found.next]}
      within={routes.section(story.section)}
      title={story.retracted ? `Retracted: ${story.headline}` : story.headline}
      description={story.standfirst}
      kind="article"
    >
      <StoryJsonLd story={story} corrections={corrections} site={site} />
      <div className="story-page">
        <Story story={story} corrections={corrections} timeZone={site.timeZone} />
        <ShareLinks story={story} address={site.siteUrl + address} />
        <NextHeadlines stories={found.next} timeZone={site.timeZone} />
      </div>
    </ReaderPage>
  )
}

/** The tags of the authors and topics on the page. */
const taxonomyTags = ({ authors, topics }: LiveStory) => [
  ...authors.map(({ id }) => tag.named('author', id)),
  ...topics.map(({ id }) => tag.named('topic', id)),
]
