import { slugPattern } from '../form/slug'
import { nameKinds, type NameKind } from '../copy/name'
import type { NewsroomEvent } from './event'

/** The cache tags of readers’ pages. They name what was requested, so that a page that finds nothing has the same tag. */
export const tag = {
  frontPage: 'front-page',
  /** The list of sections, which every page shows. */
  sections: 'sections',
  latest: 'latest',
  /** The results of searches: what is found may change after the change of a story, when the index has it. */
  search: 'search',
  headlines: 'headlines',
  feed: 'feed',
  sitemap: 'sitemap',
  /** The list of corrections and its feed; they show headlines too. */
  corrections: 'corrections',
  section: (id: number) => `section:${id}`,
  /** A section’s slug, whether there is such a section or not. Tags are sent in headers: what can be no slug is not repeated. */
  sectionSlug: (slug: string) => (slugPattern.test(slug) ? `section-slug:${slug}` : 'no-section-slug'),
  story: (id: number) => `story:${id}`,
  /** The page of an author or a topic, and every page that links to it. */
  named: (kind: NameKind, id: number) => `${kind}:${id}`,
  /** All addresses where no author, or no topic, is found: the tag must not reveal whether there is one without live stories. */
  absent: (kind: NameKind) => `no-${kind}`,
  /** Every page that shows the picture, or would show it if it might be used. */
  picture: (id: number) => `picture:${id}`,
  /** Feeds, which show many names. */
  names: 'names',
} as const

/** Every list that can contain a story. */
const lists = [tag.frontPage, tag.latest, tag.headlines, tag.feed, tag.sitemap, tag.corrections]

/** The tags that an event makes stale. A new event does not compile until it has a case here. */
export function staleTags(event: NewsroomEvent): string[] {
  return [...tagsOf(event), ...tagsOfNames(event)]
}

function tagsOf(event: NewsroomEvent): string[] {
  switch (event.type) {
    case 'story-published':
    case 'story-corrected':
    case 'headline-published':
    // Scheduling too: pages that will show the story must be rendered again with the time until which they are valid.
    case 'story-scheduled':
    case 'schedule-cancelled':
    case 'story-went-live':
    case 'story-withdrawn':
    case 'correction-reworded':
    case 'unpublish-scheduled':
    case 'unpublish-cancelled':
    case 'story-unpublished':
    case 'changes-scheduled':
    case 'scheduled-changes-cancelled':
    case 'changes-went-live':
      return [tag.story(event.storyId), ...lists, ...sectionTags(event)]
    case 'lead-set':
    case 'headlines-arranged':
      return [tag.frontPage]
    case 'section-opened':
      return [tag.sections, tag.sectionSlug(event.slug), tag.sitemap]
    case 'section-renamed':
      return [
        tag.sections,
        tag.section(event.sectionId),
        tag.sectionSlug(event.slug),
        tag.sectionSlug(event.before.slug),
        ...lists,
      ]
    case 'name-changed':
      return [tag.named(event.kind, event.namedId), tag.absent(event.kind), tag.names, tag.sitemap]
    case 'names-merged':
      return [
        tag.named(event.kind, event.namedId),
        tag.named(event.kind, event.into.id),
        tag.absent(event.kind),
        tag.names,
        tag.sitemap,
      ]
    case 'picture-edited':
    case 'picture-rights-set':
    case 'picture-focus-moved':
    case 'picture-lease-added':
    case 'picture-lease-ended':
      return [tag.picture(event.pictureId)]
    case 'story-picture-replaced':
      return event.isLive ? [tag.story(event.storyId), ...lists, ...sectionTags(event)] : []
    case 'portrait-set':
      return [tag.named('author', event.authorId)]
    case 'picture-added':
    // Nothing used it.
    case 'picture-deleted':
    // The event of each story says what is stale.
    case 'picture-replaced':
    case 'name-added':
    case 'story-started':
    case 'draft-saved':
    case 'words-stranded':
    case 'words-brought':
    case 'revision-restored':
    case 'changes-discarded':
    case 'preview-shared':
    case 'preview-revoked':
    case 'story-handed-in':
    case 'story-cleared':
    case 'story-sent-back':
    case 'story-assigned':
    case 'review-reopened':
    case 'flaw-accepted':
    // The publication itself is an event of its own.
    case 'published-without-editor':
    case 'publication-looked-over':
    case 'publishing-alone-decided':
    case 'setting-changed':
    case 'embargo-set':
    case 'embargo-lifted':
    case 'first-admin-created':
    case 'person-invited':
    case 'password-link-made':
    case 'password-chosen':
    case 'role-changed':
    case 'person-disabled':
    case 'person-enabled':
    case 'signed-in':
    case 'signed-out':
      return []
  }
}

/** The pages of a story’s authors and topics, current and former, and those where none was found. */
function tagsOfNames(event: NewsroomEvent): string[] {
  const { authorIds = [], topicIds = [] } = ('listedUnder' in event && event.listedUnder) || {}
  const ids = { author: authorIds, topic: topicIds }
  return nameKinds.flatMap((kind) =>
    ids[kind].length === 0 ? [] : [tag.absent(kind), ...ids[kind].map((id) => tag.named(kind, id))],
  )
}

function sectionTags(event: { sectionId: number | null; formerSectionId?: number | null }): string[] {
  const ids = new Set([event.sectionId, event.formerSectionId ?? null])
  return [...ids].flatMap((id) => (id === null ? [] : [tag.section(id)]))
}
