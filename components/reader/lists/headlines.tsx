import type { LiveStory } from '@/domain/story/live-story'
import { routes } from '@/lib/routes'
import { textAttributes } from '@/lib/text-direction'
import { Moment } from '../page/moment'
import { Marked } from './marked'

type ListProps = {
  stories: LiveStory[]
  timeZone: string
  label: string
  anchors?: boolean
  sections?: boolean
  level?: 'h2' | 'h3'
  /** Words to mark. */
  searched?: string
}

/** Headlines in order, each with its time; those with a body link to their story. */
export function HeadlineList({
  stories,
  timeZone,
  label,
  anchors = false,
  sections = true,
  level = 'h3',
  searched,
}: ListProps) {
  const Level = level
  return (
    <ol className="headlines" aria-label={label}>
      {stories.map((story) => (
        <li key={story.id} id={anchors ? routes.headlineAnchor(story) : undefined}>
          <p className="above">
            <Moment at={story.liveAt} timeZone={timeZone} timeStyle="short" />{' '}
            {sections && (
              <a href={routes.section(story.section)}>
                <bdi>{story.section.name}</bdi>
              </a>
            )}
            <UpdatedLink story={story} timeZone={timeZone} />
          </p>
          <Level className="headline" {...textAttributes(story.headline)}>
            <HeadlineText story={story} searched={searched} />
          </Level>
          {story.standfirst && (
            <p className="trail" {...textAttributes(story.standfirst)}>
              <Marked text={story.standfirst} searched={searched} />
            </p>
          )}
        </li>
      ))}
    </ol>
  )
}

/** A headline has no page for a note: its corrections are in the list of corrections. */
function UpdatedLink({ story, timeZone }: { story: LiveStory; timeZone: string }) {
  if (story.hasBody || story.updatedAt === null) return null
  return (
    <>
      {' '}
      <a href={routes.corrections}>
        Updated <Moment at={story.updatedAt} timeZone={timeZone} timeStyle="short" />
      </a>
    </>
  )
}

/** A link if the story has a body. */
export function HeadlineText({ story, searched }: { story: LiveStory; searched?: string | undefined }) {
  const headline = <Marked text={story.headline} searched={searched} />
  return (
    <>
      {story.retracted && <RetractedLabel />}
      {story.hasBody ? <a href={routes.story(story)}>{headline}</a> : headline}
    </>
  )
}

/** Before the headline of a retracted story, on every page. */
export function RetractedLabel() {
  return (
    <>
      <bdi className="retracted">Retracted</bdi>{' '}
    </>
  )
}

/** The link to the next older page of a list. */
export function OlderLink({ address, cursor }: { address: string; cursor: string | null }) {
  if (cursor === null) return null
  return (
    <p className="older">
      <a href={routes.before(address, cursor)} rel="next">
        Older
      </a>
    </p>
  )
}
