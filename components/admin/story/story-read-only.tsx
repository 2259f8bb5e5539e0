import type { Section } from '@/domain/section/section'
import { plainText } from '@/domain/body/body'
import type { Copy } from '@/domain/copy/copy-fields'
import type { Story } from '@/domain/story/story'
import { routes } from '@/lib/routes'
import { textAttributes } from '@/lib/text-direction'
import { Page } from '../layout/page'
import { LocalCopyNotice } from '../collaboration/persistence/local-copy-notice.client'

type Props = { story: Story; copy: Copy; sections: Section[]; userId: number }

/** A story for users who may not edit it: what readers see, without the draft. */
export function StoryReadOnly({ story, copy, sections, userId }: Props) {
  const section = story.stage === 'live' ? sections.find(({ id }) => id === story.sectionId) : undefined
  return (
    <Page title={copy.headline} headingClass="headline-text">
      <p className="notice">
        This story belongs to somebody else: here it is as readers have it. An editor can change it.
      </p>
      <LocalCopyNotice storyId={story.id} userId={userId} />
      {copy.standfirst && <p {...textAttributes(copy.standfirst)}>{copy.standfirst}</p>}
      {copy.body &&
        plainText(copy.body)
          .split('\n')
          .map((line, number) => (
            <p key={number} {...textAttributes(line)}>
              {line}
            </p>
          ))}
      {story.stage === 'live' && section && (
        <p>
          <a href={routes.story({ id: story.id, slug: story.slug, section })} className="button">
            View on the portal
          </a>
        </p>
      )}
    </Page>
  )
}
