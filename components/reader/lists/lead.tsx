import { plainInline } from '@/domain/body/plain-inline'
import { publishedBlocks } from '@/domain/body/published'
import type { Block } from '@/domain/body/blocks'
import type { LiveStory, LiveStoryWithBody } from '@/domain/story/live-story'
import { routes } from '@/lib/routes'
import { textAttributes } from '@/lib/text-direction'
import { renderInline } from '../render-inline'
import { HeadlineText } from './headlines'
import { Moment } from '../page/moment'

/** Paragraphs of a lead without a standfirst on the front page. */
const OPENING = 3

/** The story at the top of the front page. */
export function Lead({ story, timeZone }: { story: LiveStory | LiveStoryWithBody; timeZone: string }) {
  return (
    <article className="lead" aria-labelledby="lead-headline">
      <p className="kicker">
        <a href={routes.section(story.section)}>
          <bdi>{story.section.name}</bdi>
        </a>{' '}
        {story.kicker && <bdi {...textAttributes(story.kicker)}>{story.kicker}</bdi>}
      </p>
      <h2 id="lead-headline" {...textAttributes(story.headline)}>
        <HeadlineText story={story} />
      </h2>
      {story.standfirst && (
        <p className="standfirst" {...textAttributes(story.standfirst)}>
          {story.standfirst}
        </p>
      )}
      <p className="when">
        <Moment at={story.liveAt} timeZone={timeZone} />
      </p>
      {'body' in story && (
        <div className="opening">
          {opening(publishedBlocks(story.body.content)).map((paragraph) => (
            <p key={paragraph.attrs.id} {...textAttributes(plainInline(paragraph.content))}>
              {renderInline(paragraph.content)}
            </p>
          ))}
          <p className="read-on">
            <a href={routes.story(story)}>
              Read the whole story
              <span className="hidden">
                : <bdi>{story.headline}</bdi>
              </span>
            </a>
          </p>
        </div>
      )}
    </article>
  )
}

function opening(blocks: Block[]) {
  return blocks.filter((block) => block.type === 'paragraph').slice(0, OPENING)
}
