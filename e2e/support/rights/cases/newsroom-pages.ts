import { withProtocolVersion } from '@/domain/collaboration/protocol'
import { routes } from '@/lib/routes'
import { known, MISSING_STORY, secrets, type Fixture, type StoryName } from '../fixture'
import type { ByVisitor, PageCase, Visibility } from '../case'

const STORY = 'app/admin/stories/[storyId]'
const NOWHERE = '/admin/nothing-here'

/** Pages of the newsroom: without a session the response redirects to the sign-in page. */
const inside = (reporter: Visibility, others: Visibility = 'shown'): ByVisitor<Visibility> => ({
  anonymous: 'sign in',
  reporter,
  editor: others,
  admin: others,
})

/** What only the newsroom sees, and some of it not everybody. */
export const newsroomPages: PageCase[] = [
  {
    page: 'app/admin/page.tsx',
    path: () => routes.admin.desk,
    text: { reporter: secrets.ownDraft, editor: secrets.othersDraft, admin: secrets.othersDraft },
    expected: inside('shown'),
  },
  {
    page: 'app/admin/page.tsx',
    of: 'searched',
    path: () => `${routes.admin.desk}?words=kite`,
    text: { reporter: known.othersLive, editor: secrets.othersChanges, admin: secrets.othersWithdrawn },
    expected: inside('shown'),
  },
  {
    page: 'app/admin/page.tsx',
    of: 'what needs somebody',
    path: () => routes.admin.deskList('needs-me'),
    text: { reporter: secrets.assigned },
    expected: inside('shown'),
  },
  {
    page: 'app/admin/schedule/page.tsx',
    path: () => routes.admin.schedule,
    text: { reporter: secrets.ownScheduled, editor: secrets.othersScheduled, admin: secrets.othersScheduled },
    expected: inside('shown'),
  },
  { page: 'app/admin/stories/new/page.tsx', path: () => routes.admin.newStory, expected: inside('shown') },
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
    forScripts,
  ),
  ...storyPages(
    `${STORY}/words/stream/route.ts#GET`,
    (id) => withProtocolVersion(`${routes.admin.storyDocument(id)}/stream`),
    {
      ownDraft: 'retry:',
      othersDraft: { editor: 'retry:', admin: 'retry:' },
    },
  ).map(forScripts),
  ...storyPages(`${STORY}/discard/page.tsx`, routes.admin.discard, {
    ownDraft: 'There are no changes to discard',
    ownLive: secrets.ownChanges,
    othersLive: secrets.othersChanges,
  }),
  ...storyPages(`${STORY}/correct/page.tsx`, routes.admin.correct, {
    ownLive: { editor: 'What readers should know', admin: 'What readers should know' },
    othersLive: 'What readers should know',
    othersDraft: 'Only a live story can be corrected',
  }).map((line) => ({ ...line, expected: { ...line.expected, reporter: 'not there' as const } })),
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
    page: `${STORY}/versions/compare/page.tsx`,
    of: 'what changed since a story went live',
    path: ({ stories }) => routes.admin.compared(stories.othersLive.id, 'live', 'draft'),
    text: 'secretfeather',
    expected: inside('not there'),
    sameAs: routes.admin.compared(MISSING_STORY, 'live', 'draft'),
  },
  ...([7, 'x'] as const).map((version) => ({
    page: `${STORY}/versions/compare/page.tsx`,
    of: version === 7 ? 'a version that a story never had' : 'something else than a version',
    path: ({ stories }: Fixture) => routes.admin.compared(stories.ownDraft.id, version, 'draft'),
    expected: inside('not there', 'not there'),
    sameAs: routes.admin.compared(MISSING_STORY, 7, 'draft'),
  })),
  forEditors('app/admin/front-page/page.tsx', routes.admin.frontPage, known.othersLive),
  forEditors('app/admin/history/page.tsx', routes.admin.history, secrets.othersChanges),
  {
    ...forEditors('app/admin/history/file/route.ts#GET', routes.admin.historyFile('json'), secrets.othersChanges),
    sameAs: undefined,
  },
  forScripts({
    ...forEditors('app/admin/overdue/route.ts#GET', routes.admin.overdue, '{"overdue":0}'),
    sameAs: undefined,
  }),
  forEditors('app/admin/authors/page.tsx', routes.admin.authors, known.name),
  forEditors('app/admin/topics/page.tsx', routes.admin.topics, secrets.othersName),
  ...(['sections', 'settings', 'people'] as const).map((name) => ({
    page: `app/admin/${name}/page.tsx`,
    path: () => routes.admin[name],
    expected: { ...inside('not there', 'not there'), admin: 'shown' as const },
    sameAs: NOWHERE,
  })),
  {
    page: `${STORY}/page.tsx`,
    of: 'what is not a number',
    path: () => '/admin/stories/17x',
    expected: inside('not there', 'not there'),
    sameAs: routes.admin.story(MISSING_STORY),
  },
  { page: 'app/admin/[...unknown]/page.tsx', path: () => NOWHERE, expected: inside('not there', 'not there') },
]

function forEditors(page: string, address: string, text: string): PageCase {
  return { page, path: () => address, text, expected: inside('not there'), sameAs: NOWHERE }
}

/** The same cases for each page about one story. */
function storyPages(page: string, address: (id: number) => string, text: Partial<Record<StoryName, PageCase['text']>>) {
  const line = (name: StoryName, of: string, reporter: Visibility): PageCase => ({
    page,
    of,
    path: ({ stories }) => address(stories[name].id),
    text: text[name],
    expected: inside(reporter),
    sameAs: address(MISSING_STORY),
  })
  return [
    line('ownDraft', 'a reporter’s own draft', 'shown'),
    line('ownScheduled', 'a reporter’s own scheduled story', 'shown'),
    line('ownLive', 'a reporter’s own live story', 'shown'),
    line('assigned', 'somebody else’s draft, assigned to the reporter', 'shown'),
    line('othersDraft', 'somebody else’s draft', 'not there'),
    line('othersScheduled', 'somebody else’s scheduled story', 'not there'),
    // Only the story's own page shows it, as readers see it.
    line('othersLive', 'somebody else’s live story', page === `${STORY}/page.tsx` ? 'shown' : 'not there'),
    line('othersWithdrawn', 'somebody else’s withdrawn story', 'not there'),
    {
      ...line('ownDraft', 'no story', 'not there'),
      path: () => address(MISSING_STORY),
      expected: inside('not there', 'not there'),
    },
  ]
}

/** Requests of scripts get a status and no redirect. */
function forScripts(line: PageCase): PageCase {
  return { ...line, expected: { ...line.expected, anonymous: 'signed out' } }
}
