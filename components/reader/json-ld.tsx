import type { Author } from '@/domain/copy/name'
import { correctionNames, type Correction } from '@/domain/correction/correction'
import type { LiveStory } from '@/domain/story/live-story'
import { routes } from '@/lib/routes'
import { paperLanguage, textLanguage } from '@/lib/text-direction'
import type { Site } from './page/site'

type Props = { story: LiveStory; corrections: Correction[]; site: Site }

/** The story as schema.org NewsArticle, with the same dates as on the page. */
export function StoryJsonLd({ story, corrections, site }: Props) {
  const url = site.siteUrl + routes.story(story)
  const article = {
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    headline: story.headline,
    description: story.standfirst ?? undefined,
    inLanguage: textLanguage(story.headline) ?? paperLanguage(),
    url,
    mainEntityOfPage: url,
    datePublished: story.liveAt.toISOString(),
    dateModified: (story.updatedAt ?? story.liveAt).toISOString(),
    correction: corrections.length === 0 ? undefined : corrections.map(correctionJsonLd),
    creativeWorkStatus: story.retracted ? 'Retracted' : undefined,
    articleSection: story.section.name,
    author: story.authors.length === 0 ? undefined : story.authors.map((author) => personJsonLd(author, site)),
    keywords: story.topics.length === 0 ? undefined : story.topics.map(({ name }) => name),
    about:
      story.topics.length === 0
        ? undefined
        : story.topics.map((topic) => ({
            '@type': 'Thing',
            name: topic.name,
            url: site.siteUrl + routes.topic(topic),
          })),
    publisher: { '@type': 'NewsMediaOrganization', name: site.siteName, url: site.siteUrl },
    isAccessibleForFree: true,
  }
  return <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: escapedJson(article) }} />
}

const personJsonLd = (author: Author, { siteUrl }: Site) => ({
  '@type': 'Person',
  name: author.name,
  url: siteUrl + routes.author(author),
})

const correctionJsonLd = ({ kind, words, publishedAt }: Correction) => ({
  '@type': 'CorrectionComment',
  name: correctionNames[kind].label,
  text: words,
  datePublished: publishedAt.toISOString(),
})

/** JSON that cannot close its script element. */
export function escapedJson(value: unknown): string {
  return JSON.stringify(value)
    .replace(/</gu, '\\u003c')
    .replace(/\u2028/gu, '\\u2028')
    .replace(/\u2029/gu, '\\u2029')
}
