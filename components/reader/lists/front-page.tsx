import type { FrontPage as Page } from '@/domain/front-page/front-page'
import { routes } from '@/lib/routes'
import { textAttributes } from '@/lib/text-direction'
import { HeadlineList, HeadlineText } from './headlines'
import { Lead } from './lead'

/** The front page: the lead, the latest headlines, and a strip for each section that has stories. */
export function FrontPage({ frontPage: { lead, headlines, strips }, timeZone }: { frontPage: Page; timeZone: string }) {
  if (!lead && headlines.length === 0) return <EmptyFrontPage />
  return (
    <div className="front-page">
      {lead && <Lead story={lead} timeZone={timeZone} />}
      <section className="latest" aria-labelledby="latest-title">
        <h2 id="latest-title">Latest headlines</h2>
        <HeadlineList stories={headlines} timeZone={timeZone} label="Latest headlines" />
        <p className="older">
          <a href={routes.headlines}>All headlines</a>
        </p>
      </section>
      <div className="strips">
        {strips.map(({ section, stories }) => (
          <section key={section.id} aria-labelledby={`strip-${section.slug}`}>
            <h2 id={`strip-${section.slug}`}>
              <a href={routes.section(section)}>
                <bdi>{section.name}</bdi>
              </a>
            </h2>
            <ul>
              {stories.map((story) => (
                <li key={story.id}>
                  <h3 className="headline" {...textAttributes(story.headline)}>
                    <HeadlineText story={story} />
                  </h3>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </div>
  )
}

function EmptyFrontPage() {
  return (
    <div className="answer">
      <h2>The first edition is being written</h2>
      <p>Nothing has been published here yet. Come back soon.</p>
    </div>
  )
}
