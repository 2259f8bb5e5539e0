import type { Section } from '@/domain/section/section'
import { plainText } from '@/domain/body/body'
import type { Copy } from '@/domain/copy/copy-fields'
import type { Story } from '@/domain/story/story'
import { routes } from '@/lib/routes'
import { Title } from '../layout/page'
import { LocalCopyNotice } from '../collaboration/persistence/local-copy-notice.client'

type Props = { story: Story; copy: Copy; sections: Section[]; userId: number }

/** A story for those who may see it and not change it: what readers see, and where. The draft is nobody else's business. */
export function StoryReadOnly({ story, copy, sections, userId }: Props) {
  const section = story.stage === 'live' ? sections.find(({ id }) => id === story.sectionId) : undefined
  return (
    <main id="main" className="page narrow" tabIndex={-1}>
      <Title>{copy.headline}</Title>
      <h1 className="headline-text">{copy.headline}</h1>
      <p className="notice">
        This story belongs to somebody else: here it is as readers have it. An editor can change it.
      </p>
      <LocalCopyNotice storyId={story.id} userId={userId} />
      {copy.standfirst && <p>{copy.standfirst}</p>}
      {copy.body &&
        plainText(copy.body)
          .split('\n')
          .map((line, number) => <p key={number}>{line}</p>)}
      {story.stage === 'live' && section && (
        <p>
          <a href={routes.story({ id: story.id, slug: story.slug, section })} className="button">
            View on the portal
          </a>
        </p>
      )}
    </main>
  )
}
