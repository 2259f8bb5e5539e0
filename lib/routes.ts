import { fixedPaths, newsroomAddresses, type FeedFormat } from './addresses'

type StoryAddress = { id: number; slug: string; section: { slug: string } }

/** Builds every address of the portal. An address that was published once is never dropped: it redirects. */
export const routes = {
  ...fixedPaths,
  correctionAnchor: (correction: { id: number }) => `correction-${correction.id}`,
  feed: '/feed.xml',
  /** The stories after an id; the first file begins after 0. */
  sitemapFile: (afterId: number) => `/sitemaps/${afterId}.xml`,
  section: (section: { slug: string }) => `/${section.slug}`,
  /** The id decides: another slug or section redirects here. A headline without a body redirects to its place in the list. */
  story: (story: StoryAddress) => `/${story.section.slug}/${story.slug}-${story.id}`,
  /** A headline without a body in the list of headlines. `before`: the cursor of the page with it; null: the first page. */
  headline: (story: { id: number }, before: string | null) =>
    `${before === null ? routes.headlines : routes.before(routes.headlines, before)}#${routes.headlineAnchor(story)}`,
  headlineAnchor: (story: { id: number }) => `headline-${story.id}`,
  /** The page of a list that begins after a cursor. */
  before: (address: string, cursor: string) => `${address}?before=${encodeURIComponent(cursor)}`,
  author: (author: { slug: string }) => `/authors/${author.slug}`,
  topic: (topic: { slug: string }) => `/topics/${topic.slug}`,
  feedOf: (address: string, format: FeedFormat) => `${address === routes.frontPage ? '' : address}/${format}`,
  signIn: newsroomAddresses.signIn.path,
  signInFor: (next: string) => `${newsroomAddresses.signIn.path}?next=${encodeURIComponent(next)}`,
  /** The end of a sign-in in a window beside an open story: the window closes itself. */
  signedIn: '/sign-in/done',
  /** To sign in, after signing out. */
  signedOut: '/sign-in?out=',
  signOut: newsroomAddresses.signOut.path,
  /** Caches the newsroom's scripts in the browser. */
  serviceWorker: '/newsroom-worker.js',
  setup: (token: string) => `${newsroomAddresses.setup.path}/${token}`,
  welcome: (token: string) => `${newsroomAddresses.welcome.path}/${token}`,
  preview: (token: string) => `${newsroomAddresses.preview.path}/${token}`,
  admin: {
    desk: newsroomAddresses.desk.path,
    deskList: (list: string) => `/admin?list=${list}`,
    newStory: '/admin/stories/new',
    story: (id: number) => `/admin/stories/${id}`,
    storyDocument: (id: number) => `/admin/stories/${id}/words`,
    preview: (id: number) => `/admin/stories/${id}/preview`,
    storyHistory: (id: number) => `/admin/stories/${id}/history`,
    previewLinks: (id: number) => `/admin/stories/${id}/preview-links`,
    correct: (id: number) => `/admin/stories/${id}/correct`,
    storyHistoryFile: (id: number, format: string) => `/admin/stories/${id}/history/file?as=${format}`,
    /** Discards the changes of a draft, after a confirmation. */
    discard: (id: number) => `/admin/stories/${id}/discard`,
    versions: (id: number) => `/admin/stories/${id}/versions`,
    compare: (id: number) => `/admin/stories/${id}/versions/compare`,
    compared: (id: number, from: number | string, to: number | string) =>
      `/admin/stories/${id}/versions/compare?from=${from}&to=${to}`,
    schedule: '/admin/schedule',
    /** The number of overdue stories, for pages that stay open. */
    overdue: '/admin/overdue',
    /** `month`: as 2026-11. */
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
