import { withProtocolVersion } from '@/domain/collaboration/protocol'
import { routes } from '@/lib/routes'
import { known, MISSING_STORY, secrets, type StoryName } from './fixture'
import type { PageCase, Visibility } from './page-case'
import type { ByVisitor } from './visitors'

const STORY = 'app/admin/stories/[storyId]'
const nothing = '/admin/nothing-here'

/** Pages behind the door: whoever is not signed in is asked to. */
const inside = (reporter: Visibility, others: Visibility = 'shown'): ByVisitor<Visibility> => ({
  anonymous: 'sign in',
  reporter,
  editor: others,
  admin: others,
})
const forAdmins: ByVisitor<Visibility> = { ...inside('not there', 'not there'), admin: 'shown' }

/** What only the newsroom sees, and of it only some. */
export const newsroomPages: PageCase[] = [
  {
    place: 'app/admin/page.tsx',
    at: () => routes.admin.desk,
    shows: { reporter: secrets.ownDraft, editor: secrets.othersDraft, admin: secrets.othersDraft },
    sees: inside('shown'),
  },
  {
    place: 'app/admin/page.tsx',
    of: 'searched',
    at: () => `${routes.admin.desk}?words=kite`,
    shows: { reporter: known.othersLive, editor: secrets.othersChanges, admin: secrets.othersWithdrawn },
    sees: inside('shown'),
  },
  {
    place: 'app/admin/page.tsx',
    of: 'what needs somebody',
    at: () => routes.admin.deskList('needs-me'),
    shows: { reporter: secrets.assigned },
    sees: inside('shown'),
  },
  {
    place: 'app/admin/schedule/page.tsx',
    at: () => routes.admin.schedule,
    shows: { reporter: secrets.ownScheduled, editor: secrets.othersScheduled, admin: secrets.othersScheduled },
    sees: inside('shown'),
  },
  { place: 'app/admin/stories/new/page.tsx', at: () => routes.admin.newStory, sees: inside('shown') },
  ...storyPages(`${STORY}/page.tsx`, routes.admin.story, {
    ownDraft: secrets.note,
    assigned: secrets.assigned,
    ownLive: secrets.ownChanges,
    othersDraft: secrets.othersDraft,
    ownScheduled: secrets.ownScheduled,
    othersScheduled: secrets.othersScheduled,
    othersLive: { reporter: known.othersLive, editor: secrets.othersChanges, admin: secrets.othersChanges },
    othersWithdrawn: secrets.reason,
  }),
  ...storyPages('app/(preview)/admin/stories/[storyId]/preview/page.tsx', routes.admin.preview, {
    ownDraft: secrets.ownDraft,
    ownLive: secrets.ownChanges,
    othersLive: secrets.othersChanges,
  }),
  ...storyPages(`${STORY}/history/page.tsx`, routes.admin.storyHistory, {
    ownDraft: secrets.ownDraft,
    othersWithdrawn: secrets.reason,
  }),
  ...storyPages(`${STORY}/history/file/route.ts#GET`, (id) => routes.admin.storyHistoryFile(id, 'csv'), {
    ownDraft: secrets.ownDraft,
    othersWithdrawn: secrets.reason,
  }),
  ...storyPages(`${STORY}/words/route.ts#GET`, (id) => withProtocolVersion(routes.admin.storyDocument(id)), {}).map(
    askedByScript,
  ),
  ...storyPages(
    `${STORY}/words/stream/route.ts#GET`,
    (id) => withProtocolVersion(`${routes.admin.storyDocument(id)}/stream`),
    {
      ownDraft: 'retry:',
      othersDraft: { editor: 'retry:', admin: 'retry:' },
    },
  ).map(askedByScript),
  ...storyPages(`${STORY}/discard/page.tsx`, routes.admin.discard, {
    ownDraft: 'There are no changes to discard',
    ownLive: secrets.ownChanges,
    othersLive: secrets.othersChanges,
  }),
  ...storyPages(`${STORY}/correct/page.tsx`, routes.admin.correct, {
    ownLive: { editor: 'What readers should know', admin: 'What readers should know' },
    othersLive: 'What readers should know',
    othersDraft: 'Only a live story can be corrected',
  }).map((line) => ({ ...line, sees: { ...line.sees, reporter: 'not there' as const } })),
  ...storyPages(`${STORY}/preview-links/page.tsx`, routes.admin.previewLinks, {
    ownDraft: secrets.ownDraft,
    ownLive: secrets.ownChanges,
    othersLive: secrets.othersChanges,
    othersWithdrawn: secrets.othersWithdrawn,
  }),
  ...storyPages(`${STORY}/versions/page.tsx`, routes.admin.versions, {
    ownDraft: secrets.ownDraft,
    ownLive: known.ownLive,
    ownScheduled: secrets.ownScheduled,
    othersLive: secrets.othersChanges,
    othersWithdrawn: secrets.othersWithdrawn,
  }),
  ...storyPages(`${STORY}/versions/compare/page.tsx`, (id) => routes.admin.compared(id, 'draft', 'draft'), {
    ownDraft: secrets.ownDraft,
    ownLive: secrets.ownChanges,
    othersLive: secrets.othersChanges,
  }),
  {
    place: `${STORY}/versions/compare/page.tsx`,
    of: 'what changed since a story went live',
    at: ({ stories }) => routes.admin.compared(stories.othersLive.id, 'live', 'draft'),
    shows: 'secretfeather',
    sees: inside('not there'),
    like: routes.admin.compared(MISSING_STORY, 'live', 'draft'),
  },
  {
    place: `${STORY}/versions/compare/page.tsx`,
    of: 'a version that a story never had',
    at: ({ stories }) => routes.admin.compared(stories.ownDraft.id, 7, 'draft'),
    sees: inside('not there', 'not there'),
    like: routes.admin.compared(MISSING_STORY, 7, 'draft'),
  },
  {
    place: 'app/admin/front-page/page.tsx',
    at: () => routes.admin.frontPage,
    shows: known.othersLive,
    sees: inside('not there'),
    like: nothing,
  },
  {
    place: 'app/admin/history/page.tsx',
    at: () => routes.admin.history,
    shows: secrets.othersChanges,
    sees: inside('not there'),
    like: nothing,
  },
  {
    place: 'app/admin/history/file/route.ts#GET',
    at: () => routes.admin.historyFile('json'),
    shows: secrets.othersChanges,
    sees: inside('not there'),
  },
  askedByScript({
    place: 'app/admin/overdue/route.ts#GET',
    at: () => routes.admin.overdue,
    shows: '{"overdue":0}',
    sees: inside('not there'),
  }),
  {
    place: 'app/admin/authors/page.tsx',
    at: () => routes.admin.authors,
    shows: known.name,
    sees: inside('not there'),
    like: nothing,
  },
  {
    place: 'app/admin/topics/page.tsx',
    at: () => routes.admin.topics,
    shows: secrets.othersName,
    sees: inside('not there'),
    like: nothing,
  },
  { place: 'app/admin/sections/page.tsx', at: () => routes.admin.sections, sees: forAdmins, like: nothing },
  { place: 'app/admin/settings/page.tsx', at: () => routes.admin.settings, sees: forAdmins, like: nothing },
  { place: 'app/admin/people/page.tsx', at: () => routes.admin.people, sees: forAdmins, like: nothing },
  { place: 'app/admin/[...unknown]/page.tsx', at: () => nothing, sees: inside('not there', 'not there') },
]

/** The same cases for a page about one story. */
function storyPages(
  place: string,
  address: (id: number) => string,
  shows: Partial<Record<StoryName, PageCase['shows']>>,
) {
  const line = (name: StoryName, of: string, reporter: Visibility): PageCase => ({
    place,
    of,
    at: ({ stories }) => address(stories[name].id),
    shows: shows[name],
    sees: inside(reporter),
    like: address(MISSING_STORY),
  })
  return [
    line('ownDraft', 'a reporter’s own draft', 'shown'),
    line('ownScheduled', 'a reporter’s own scheduled story', 'shown'),
    line('ownLive', 'a reporter’s own live story', 'shown'),
    line('assigned', 'somebody else’s draft, assigned to the reporter', 'shown'),
    line('othersDraft', 'somebody else’s draft', 'not there'),
    line('othersScheduled', 'somebody else’s scheduled story', 'not there'),
    // Only the story's own page: as readers have it.
    line('othersLive', 'somebody else’s live story', place === `${STORY}/page.tsx` ? 'shown' : 'not there'),
    line('othersWithdrawn', 'somebody else’s withdrawn story', 'not there'),
    {
      ...line('ownDraft', 'no story', 'not there'),
      at: () => address(MISSING_STORY),
      sees: inside('not there', 'not there'),
    },
  ]
}

/** What scripts ask is answered in a status: nobody is led to another page. */
function askedByScript(line: PageCase): PageCase {
  return { ...line, sees: { ...line.sees, anonymous: 'signed out' } }
}
