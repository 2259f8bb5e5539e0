import { PageFrame } from '@/components/reader/page/page-frame'
import type { Site } from '@/components/reader/page/site'
import { Story as StoryForReaders } from '@/components/reader/story'
import type { Author, Topic } from '@/domain/copy/name'
import type { Correction } from '@/domain/correction/correction'
import type { LiveStory, LiveStoryWithBody } from '@/domain/story/live-story'
import { pickText, type Copy } from '@/domain/copy/copy-fields'
import { hasUnpublishedChanges, type Story } from '@/domain/story/story'
import { routes } from '@/lib/routes'
import { Title } from '../layout/page'

type ShownNames = { authors: Author[]; topics: Topic[] }
type Props = { story: Story; corrections: Correction[]; names: ShownNames; site: Site; now: Date }

/** The draft as readers would see it, under a bar that says whether they do. */
export function Preview({ story, corrections, names, site, now }: Props) {
  const { draft } = story
  const readersSee = story.stage === 'live' && !hasUnpublishedChanges(story)
  return (
    <>
      <Title>{`Preview: ${draft.headline}`}</Title>
      <aside className="preview-bar" aria-label="Preview">
        <p>
          Preview: {readersSee ? 'readers see this' : 'readers do not see this'}. It is the draft as{' '}
          <bdi>{draft.savedByName}</bdi> last saved it.
          {draft.body === null && ' Without a body, readers get its headline in the lists and no page of its own.'}
        </p>
      </aside>
      <PreviewedStory {...{ story, copy: draft, corrections, names, site, now }} />
      {/* Below the page, so that the readers' skip link stays the first link. */}
      <aside className="preview-bar end" aria-label="Out of the preview">
        <a href={routes.admin.story(story.id)}>Back to writing</a>
      </aside>
    </>
  )
}

type PreviewedProps = Props & { copy: Copy }

/** A copy of a story in the readers' page. */
export function PreviewedStory({ site, corrections, ...story }: PreviewedProps) {
  return (
    <PageFrame site={site}>
      <div className="story-page">
        <StoryForReaders
          story={asIfLive({ site, corrections, ...story })}
          corrections={corrections}
          timeZone={site.timeZone}
        />
      </div>
    </PageFrame>
  )
}

function asIfLive({ story, copy, corrections, names, site, now }: PreviewedProps): LiveStory | LiveStoryWithBody {
  const retracted = corrections.some(({ kind }) => kind === 'retraction')
  const { slug, body } = copy
  const section = site.sections.find(({ id }) => id === copy.sectionId) ?? { id: 0, slug: '', name: 'No section yet' }
  const liveAt = story.stage === 'draft' || story.stage === 'withdrawn' ? now : story.liveAt
  const readerCopy = { ...pickText(copy), slug, section, ...names }
  const fields = { id: story.id, ...readerCopy, liveAt, updatedAt: null, retracted, unpublishAt: null }
  return body === null ? { ...fields, hasBody: false } : { ...fields, hasBody: true, body }
}
