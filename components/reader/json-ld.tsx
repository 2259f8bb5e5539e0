import type { LiveStory } from '@/domain/story/live-story'
import { routes } from '@/lib/routes'
import type { House } from './house'

/** The story for machines (schema.org NewsArticle). The visible date and this one are the same. */
export function StoryForMachines({ story, house }: { story: LiveStory; house: House }) {
  const url = house.siteUrl + routes.story(story)
  const article = {
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    headline: story.headline,
    description: story.standfirst ?? undefined,
    url,
    mainEntityOfPage: url,
    datePublished: story.liveAt.toISOString(),
    dateModified: (story.updatedAt ?? story.liveAt).toISOString(),
    articleSection: story.section.name,
    author: story.authors.length === 0 ? undefined : story.authors.map(({ name }) => ({ '@type': 'Person', name })),
    publisher: { '@type': 'NewsMediaOrganization', name: house.siteName, url: house.siteUrl },
    isAccessibleForFree: true,
  }
  return <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: escapedJson(article) }} />
}

/** JSON that cannot end the script it stands in. */
export function escapedJson(value: unknown): string {
  return JSON.stringify(value)
    .replace(/</gu, '\\u003c')
    .replace(/\u2028/gu, '\\u2028')
    .replace(/\u2029/gu, '\\u2029')
}
