import type { ComponentProps } from 'react'
import type { Correction } from '@/domain/correction/correction'
import type { LiveStory } from '@/domain/story/live-story'
import { routes } from '@/lib/routes'
import { textAttributes } from '@/lib/text-direction'
import { CorrectionMeta, CorrectionText } from '../corrections'
import { HeadlineText } from './headlines'
import { ListFrame } from './list-page'

type Props = Pick<ComponentProps<typeof ListFrame>, 'site' | 'tags' | 'staleAt' | 'before'> & {
  page: { corrections: (Correction & { story: LiveStory })[]; olderCursor: string | null }
}

/** All corrections, newest first, each with its story. */
export function CorrectionsPage({ page: { corrections, olderCursor }, ...page }: Props) {
  const { siteName, timeZone } = page.site
  return (
    <ListFrame
      {...page}
      title="Corrections"
      address={routes.corrections}
      description={`What ${siteName} has corrected, clarified, updated or retracted`}
      feed={{ title: `Corrections · ${siteName}`, href: routes.correctionsFeed }}
      stories={corrections.map(({ story }) => story)}
      olderCursor={olderCursor}
      introduction={
        <p className="trail">
          What we got wrong, made clearer, brought up to date or took back. Each note stands with its story as well,
          where there is one to read.
        </p>
      }
    >
      {corrections.length === 0 ? (
        <p>{page.before ? 'Nothing older has been corrected.' : 'Nothing has been corrected yet.'}</p>
      ) : (
        <ol className="headlines" aria-label="Corrections">
          {corrections.map((correction) => (
            <li key={correction.id} id={routes.correctionAnchor(correction)}>
              <CorrectionMeta correction={correction} timeZone={timeZone} />
              <h2 className="headline" {...textAttributes(correction.story.headline)}>
                <CorrectedHeadline story={correction.story} />
              </h2>
              <CorrectionText words={correction.words} />
            </li>
          ))}
        </ol>
      )}
    </ListFrame>
  )
}

/** A headline without a body links to its position in the list of headlines. */
function CorrectedHeadline({ story }: { story: LiveStory }) {
  return story.hasBody ? <HeadlineText story={story} /> : <a href={routes.story(story)}>{story.headline}</a>
}
