import { byPosition, type Correction } from '@/domain/correction/correction'
import type { Author, Topic } from '@/domain/copy/name'
import type { LiveStory, LiveStoryWithBody } from '@/domain/story/live-story'
import { routes } from '@/lib/routes'
import { publishedBlocks } from '@/domain/body/published'
import { textAttributes } from '@/lib/text-direction'
import { BlockView } from './blocks'
import { LastCorrection, CorrectionNotes, SeeUpdate } from './corrections'
import { HeadlineList, RetractedLabel } from './lists/headlines'
import { Moment } from './page/moment'

type Props = { story: LiveStory | LiveStoryWithBody; corrections: Correction[]; timeZone: string }

/** A story as on its page; previews show exactly this. */
export function Story({ story, corrections, timeZone }: Props) {
  const { above, within, below } = byPosition(corrections, 'body' in story ? story.body : null)
  return (
    <article className="story">
      <header>
        <p className="kicker">
          <a href={routes.section(story.section)}>
            <bdi>{story.section.name}</bdi>
          </a>{' '}
          {story.kicker && <bdi {...textAttributes(story.kicker)}>{story.kicker}</bdi>}
        </p>
        <h1 {...textAttributes(story.headline)}>
          {story.retracted && <RetractedLabel />}
          {story.headline}
        </h1>
        {story.standfirst && (
          <p className="standfirst" {...textAttributes(story.standfirst)}>
            {story.standfirst}
          </p>
        )}
        <div className="credits">
          {story.authors.length > 0 && <Byline authors={story.authors} />}
          <p className="when">
            {story.dateline && (
              <span className="dateline">
                <bdi {...textAttributes(story.dateline)}>{story.dateline}</bdi> ·{' '}
              </span>
            )}
            <Moment at={story.liveAt} timeZone={timeZone} />
            {story.updatedAt && (
              <>
                {' '}
                · Updated <Moment at={story.updatedAt} timeZone={timeZone} />
                <SeeUpdate corrections={corrections} />
              </>
            )}
          </p>
          <LastCorrection corrections={corrections} timeZone={timeZone} />
        </div>
      </header>
      <CorrectionNotes corrections={above} timeZone={timeZone} />
      {'body' in story && (
        <div className="story-body">
          {publishedBlocks(story.body.content).map((block) => (
            <BlockView key={block.attrs.id} block={block} notes={within} timeZone={timeZone} />
          ))}
        </div>
      )}
      <CorrectionNotes corrections={below} timeZone={timeZone} />
      {story.topics.length > 0 && <Topics topics={story.topics} />}
    </article>
  )
}

const listFormat = new Intl.ListFormat('en-GB', { type: 'conjunction' })

/** "By A, B and C", each with a link to the author's page. */
function Byline({ authors }: { authors: Author[] }) {
  const parts = listFormat.formatToParts(authors.map(({ slug }) => slug))
  const bySlug = new Map(authors.map((author) => [author.slug, author]))
  return (
    <p className="byline">
      By{' '}
      {parts.map(({ type, value }, index) => {
        const author = type === 'element' ? bySlug.get(value) : undefined
        return author ? (
          <a key={index} href={routes.author(author)} rel="author">
            <bdi>{author.name}</bdi>
          </a>
        ) : (
          value
        )
      })}
    </p>
  )
}

/** Links to the story's topics. */
function Topics({ topics }: { topics: Topic[] }) {
  return (
    <nav className="topics" aria-label="Topics of this story">
      <h2>Topics</h2>
      <ul>
        {topics.map((topic) => (
          <li key={topic.id}>
            <a href={routes.topic(topic)}>
              <bdi>{topic.name}</bdi>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** Share by e-mail; the script adds copy, share and print. */
export function ShareLinks({ story, address }: { story: LiveStory; address: string }) {
  const mail = `mailto:?subject=${encodeURIComponent(story.headline)}&body=${encodeURIComponent(address)}`
  return (
    <nav className="pass-on" aria-label="Pass this story on">
      <ul>
        <li>
          <a href={mail}>E-mail</a>
        </li>
        <li hidden>
          <button type="button" data-copy={address}>
            Copy link
          </button>
        </li>
        <li hidden>
          <button type="button" data-share={address} data-title={story.headline}>
            Share
          </button>
        </li>
        <li hidden>
          <button type="button" data-print="">
            Print
          </button>
        </li>
      </ul>
      <p role="status" className="passed-on" />
      <p className="printed-address">{address}</p>
    </nav>
  )
}

export function NextHeadlines({ stories, timeZone }: { stories: LiveStory[]; timeZone: string }) {
  if (stories.length === 0) return null
  return (
    <aside className="next" aria-labelledby="next-title">
      <h2 id="next-title">More headlines</h2>
      <HeadlineList stories={stories} timeZone={timeZone} label="More headlines" />
      <p className="older">
        <a href={routes.headlines}>All headlines</a>
      </p>
    </aside>
  )
}
