import type { DeskStory } from '@/domain/story/desk'
import { momentInWords } from '@/domain/story/newsroom-time'
import { routes } from '@/lib/routes'

/** What goes out next, the nearest first, with its time in the newsroom's zone and in UTC. */
export function ScheduleList({ stories, timeZone }: { stories: DeskStory[]; timeZone: string }) {
  if (stories.length === 0)
    return (
      <p className="panel">Nothing is scheduled. A draft is scheduled from its own page, under “Publish at a time…”.</p>
    )
  return (
    <ol className="rows" aria-label="Scheduled stories, the next one first">
      {stories.map((story) => (
        <li key={story.id} className="stack tight">
          <a className="headline-text" href={routes.admin.story(story.id)}>
            {story.headline}
          </a>
          <p className="small-print facts">
            {story.liveAt && (
              <span>
                <time dateTime={story.liveAt.toISOString()}>{momentInWords(story.liveAt, timeZone)}</time>
              </span>
            )}
            <span>{story.section?.name ?? 'No section yet'}</span>
            <span>{story.hasBody ? 'Story' : 'Headline only'}</span>
          </p>
        </li>
      ))}
    </ol>
  )
}
