/** Every address of the portal. They never die; they redirect. */
type StoryAddress = { id: number; slug: string; section: { slug: string } }

export const routes = {
  frontPage: '/',
  latest: '/latest',
  headlines: '/headlines',
  search: '/search',
  corrections: '/corrections',
  correctionsFeed: '/corrections/feed.xml',
  correctionAnchor: (correction: { id: number }) => `correction-${correction.id}`,
  feed: '/feed.xml',
  sitemap: '/sitemap.xml',
  /** The stories after an id; the first file begins after 0. */
  sitemapFile: (afterId: number) => `/sitemaps/${afterId}.xml`,
  sitemapOfAuthors: '/sitemaps/authors.xml',
  sitemapOfTopics: '/sitemaps/topics.xml',
  section: (section: { slug: string }) => `/${section.slug}`,
  /** The id decides; slug and section are for people, and other ones redirect here. That of a headline leads to its place in the list. */
  story: (story: StoryAddress) => `/${story.section.slug}/${story.slug}-${story.id}`,
  /** Where a headline without a body stands in the list. `before`: the page of the list on which it is found, by key; null: the newest. */
  headline: (story: { id: number }, before: string | null) =>
    `${before === null ? routes.headlines : routes.before(routes.headlines, before)}#${routes.headlineAnchor(story)}`,
  headlineAnchor: (story: { id: number }) => `headline-${story.id}`,
  /** A page of an older list, by key: everything before this place. */
  before: (address: string, cursor: string) => `${address}?before=${encodeURIComponent(cursor)}`,
  author: (author: { slug: string }) => `/authors/${author.slug}`,
  topic: (topic: { slug: string }) => `/topics/${topic.slug}`,
  /** A list as a feed, beside its page. */
  feedOf: (address: string, format: 'feed.xml' | 'atom.xml' | 'feed.json') =>
    `${address === routes.frontPage ? '' : address}/${format}`,
  signIn: '/sign-in',
  signInFor: (next: string) => `/sign-in?next=${encodeURIComponent(next)}`,
  /** Where signing in beside one's words ends: a window that closes itself. */
  signedIn: '/sign-in/done',
  signOut: '/sign-out',
  /** What keeps the newsroom's scripts ready in a browser. */
  serviceWorker: '/newsroom-worker.js',
  setup: (token: string) => `/setup/${token}`,
  welcome: (token: string) => `/welcome/${token}`,
  /** What somebody without a login reads before readers do. */
  preview: (token: string) => `/preview/${token}`,
  admin: {
    desk: '/admin',
    /** One of the lists that everybody has. */
    deskList: (list: string) => `/admin?list=${list}`,
    newStory: '/admin/stories/new',
    story: (id: number) => `/admin/stories/${id}`,
    storyDocument: (id: number) => `/admin/stories/${id}/words`,
    preview: (id: number) => `/admin/stories/${id}/preview`,
    storyHistory: (id: number) => `/admin/stories/${id}/history`,
    /** Where links for eyes from outside are made and taken back. */
    previewLinks: (id: number) => `/admin/stories/${id}/preview-links`,
    /** Where readers are told what was wrong with a live story. */
    correct: (id: number) => `/admin/stories/${id}/correct`,
    storyHistoryFile: (id: number, format: string) => `/admin/stories/${id}/history/file?as=${format}`,
    /** Where the changes of a draft are discarded, after a question. */
    discard: (id: number) => `/admin/stories/${id}/discard`,
    versions: (id: number) => `/admin/stories/${id}/versions`,
    /** Where two versions of a story are compared; the form there asks which. */
    compare: (id: number) => `/admin/stories/${id}/versions/compare`,
    compared: (id: number, from: number | string, to: number | string) =>
      `/admin/stories/${id}/versions/compare?from=${from}&to=${to}`,
    schedule: '/admin/schedule',
    /** How many stories are overdue, for the pages that stay open. */
    overdue: '/admin/overdue',
    /** With the calendar of a month, as 2026-11. */
    scheduleOf: (month: string) => `/admin/schedule?month=${month}`,
    frontPage: '/admin/front-page',
    sections: '/admin/sections',
    authors: '/admin/authors',
    topics: '/admin/topics',
    people: '/admin/people',
    settings: '/admin/settings',
    history: '/admin/history',
    historyFile: (format: string) => `/admin/history/file?as=${format}`,
  },
} as const

/** The id at the end of a story's address (`…-17`), or null when the address has none that can exist. */
export function storyIdInSlug(slug: string): number | null {
  const digits = /-(\d{1,15})$/u.exec(slug)?.[1]
  return digits === undefined ? null : Number(digits)
}
