import { Gone, Moved, NothingHere } from '@/components/reader/answers'
import { Head } from '@/components/reader/head'
import { StoryForMachines } from '@/components/reader/json-ld'
import { PageFrame } from '@/components/reader/page-frame'
import { PageTags } from '@/components/reader/page-notes'
import { NextHeadlines, PassOn, Story } from '@/components/reader/story'
import { tag } from '@/domain/history/tag'
import { firstEnd, type LiveStory } from '@/domain/story/live-story'
import { routes, storyIdInSlug } from '@/lib/routes'
import { readPlaceOfHeadline } from '@/reading/lists'
import { readStoryAt } from '@/reading/story'
import { readNextMoment } from '@/reading/upcoming'
import { readHouse } from '../../house'

type Props = { params: Promise<{ section: string; slug: string }> }

export default async function StoryPage({ params }: Props) {
  const { section, slug } = await params
  const asked = `/${section}/${slug}`
  const id = storyIdInSlug(slug)
  const house = await readHouse()
  if (id === null) return <NothingHere house={house} tags={[tag.sections]} address={asked} />
  const [found, next] = await Promise.all([readStoryAt(id), readNextMoment()])
  const tags = [tag.story(id), tag.sections]
  if (found.kind === 'withdrawn') return <Gone house={house} tags={tags} address={asked} />
  if (found.kind === 'nothing') return <NothingHere house={house} tags={tags} address={asked} until={next} />
  const { story, corrections } = found
  const address = routes.story(story)
  const moved = { house, tags, until: next, ends: firstEnd([story]), address: asked }
  if (!story.hasBody) {
    const to = routes.headline(story, await readPlaceOfHeadline(id))
    return <Moved {...moved} tags={[...tags, tag.headlines]} status={302} to={to} />
  }
  if (address !== asked) return <Moved {...moved} status={301} to={address} />
  return (
    <PageFrame house={house} within={routes.section(story.section)}>
      <PageTags tags={[...tags, ...namesOf(story), tag.latest]} until={next} ends={firstEnd([story, ...found.next])} />
      <Head
        house={house}
        title={story.retracted ? `Retracted: ${story.headline}` : story.headline}
        description={story.standfirst}
        address={address}
        kind="article"
      />
      <StoryForMachines story={story} corrections={corrections} house={house} />
      <div className="story-page">
        <Story story={story} corrections={corrections} timeZone={house.timeZone} />
        <PassOn story={story} address={house.siteUrl + address} />
        <NextHeadlines stories={found.next} timeZone={house.timeZone} />
      </div>
    </PageFrame>
  )
}

/** Whom and what the page names, and leads to. */
const namesOf = ({ authors, topics }: LiveStory) => [
  ...authors.map(({ id }) => tag.named('author', id)),
  ...topics.map(({ id }) => tag.named('topic', id)),
]
