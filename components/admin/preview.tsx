import { PageFrame } from '@/components/reader/page-frame'
import type { House } from '@/components/reader/house'
import { Story as StoryForReaders } from '@/components/reader/story'
import type { LiveStory, LiveStoryWithBody } from '@/domain/story/live-story'
import type { Copy, Story } from '@/domain/story/story'
import { routes } from '@/lib/routes'
import { Title } from './title'

/** The draft as readers would have it, under a bar that says that they do not. */
export function Preview({ story, house, now }: { story: Story; house: House; now: Date }) {
  const { draft } = story
  return (
    <>
      <Title>{`Preview: ${draft.headline}`}</Title>
      <aside className="preview-bar" aria-label="Preview">
        <p>
          Preview: readers do not see this. It is the draft as {draft.savedByName} last saved it.
          {draft.body === null && ' Without a body, readers get its headline in the lists and no page of its own.'}
        </p>
      </aside>
      <PageFrame house={house}>
        <div className="story-page">
          <StoryForReaders story={asIfLive(story, draft, house, now)} corrections={[]} timeZone={house.timeZone} />
        </div>
      </PageFrame>
      {/* Below the page, so that the readers' skip link stays the first link, as on theirs. */}
      <aside className="preview-bar end" aria-label="Out of the preview">
        <a href={routes.admin.story(story.id)}>Back to writing</a>
      </aside>
    </>
  )
}

/** Words of a story as a reader's page takes them. */
export function asIfLive(story: Story, copy: Copy, house: House, now: Date): LiveStory | LiveStoryWithBody {
  const { headline, kicker, standfirst, dateline, slug, body } = copy
  const section = house.sections.find(({ id }) => id === copy.sectionId) ?? { id: 0, slug: '', name: 'No section yet' }
  const liveAt = story.stage === 'draft' || story.stage === 'withdrawn' ? now : story.liveAt
  const words = { section, slug, headline, kicker, standfirst, dateline }
  const told = { id: story.id, ...words, authors: [], liveAt, updatedAt: null, retracted: false }
  return body === null ? { ...told, hasBody: false } : { ...told, hasBody: true, body }
}
