import { routes } from '@/lib/routes'
import { hashOfToken, newToken } from '@/domain/user/token'
import { database } from '@/db/client'
import { invitations } from '@/db/schema/user'
import { sharePreview } from '@/domain/preview/sharing'
import { nameKinds } from '@/domain/name/name'
import { invitePerson } from '@/domain/user/inviting'
import { inEdition } from '@/domain/writing/words-frame'
import { commandLineActor } from '@/domain/user/user'
import { known, NO_STORY, secrets, valueOf, type House, type StoryName } from './house'
import { everybody, type ForEach, type Visitor } from './visitors'

/** What somebody sees: the page, "there is nothing here" (404), "it is gone" (410), the way to sign in, or (asked by a script) that they are signed out. */
export type Sight = 'shown' | 'not there' | 'gone' | 'sign in' | 'signed out'

/** One page (by its file) or route (by file and method) for one case, and who sees it. */
export type PageLine = {
  place: string
  of?: string
  at: (house: House) => string | Promise<string>
  /** Words that stand on it for those to whom it is shown; for each visitor others, where they see more or less of it. */
  shows?: string | Partial<ForEach<string>>
  sees: ForEach<Sight>
  /** Of the newsroom's pages: an address that leads nowhere, whose answer is the same byte by byte. */
  like?: string
}

/** Pages behind the door: whoever is not signed in is asked to. */
const inside = (reporter: Sight, others: Sight = 'shown'): ForEach<Sight> => ({
  anonymous: 'sign in',
  reporter,
  editor: others,
  admin: others,
})
const forAdmins: ForEach<Sight> = { ...inside('not there', 'not there'), admin: 'shown' }

const DOOR = 'app/(door)'
const READER = 'app/(reader)'
const STORY = 'app/admin/stories/[storyId]'
const nothing = '/admin/nothing-here'

/** The same cases for a page about one story. */
function storyPages(
  place: string,
  address: (id: number) => string,
  shows: Partial<Record<StoryName, PageLine['shows']>>,
) {
  const line = (name: StoryName, of: string, reporter: Sight): PageLine => ({
    place,
    of,
    at: ({ stories }) => address(stories[name].id),
    shows: shows[name],
    sees: inside(reporter),
    like: address(NO_STORY),
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
      at: () => address(NO_STORY),
      sees: inside('not there', 'not there'),
    },
  ]
}

/** What scripts ask is answered in a status: nobody is led to another page. */
function askedByScript(line: PageLine): PageLine {
  return { ...line, sees: { ...line.sees, anonymous: 'signed out' } }
}

const openPages: PageLine[] = [
  { place: `${DOOR}/sign-in/page.tsx`, at: () => routes.signIn, shows: 'Sign in', sees: everybody('shown') },
  {
    place: `${DOOR}/setup/[token]/page.tsx`,
    of: 'with the link',
    at: async () => routes.setup(await aSetupLink()),
    shows: 'Create the first admin',
    sees: everybody('shown'),
  },
  {
    place: `${DOOR}/setup/[token]/page.tsx`,
    of: 'without',
    at: () => routes.setup(newToken()),
    sees: everybody('not there'),
  },
  {
    place: `${DOOR}/welcome/[token]/page.tsx`,
    of: 'with the link',
    at: async () => routes.welcome((await anInvitation()).token),
    shows: 'Choose a password',
    sees: everybody('shown'),
  },
  {
    place: `${DOOR}/welcome/[token]/page.tsx`,
    of: 'without',
    at: () => routes.welcome(newToken()),
    sees: everybody('not there'),
  },
  {
    place: 'app/(preview)/preview/[token]/page.tsx',
    of: 'with the link',
    at: async ({ stories }) => routes.preview(await aPreviewToken(stories.othersLive.id)),
    shows: known.othersLive,
    sees: everybody('shown'),
  },
  {
    place: 'app/(preview)/preview/[token]/page.tsx',
    of: 'without',
    at: () => routes.preview(newToken()),
    sees: everybody('not there'),
  },
  { place: 'app/api/auth/[...nextauth]/route.ts#GET', at: () => '/api/auth/session', sees: everybody('shown') },
]

/** A list in every format in which it can be followed; everybody finds the live story there. */
function feedsOf(folder: string, page: (house: House) => string): PageLine[] {
  return (['feed.xml', 'atom.xml', 'feed.json'] as const).map((format) => ({
    place: `${folder}/${format}/route.ts#GET`,
    at: (house) => routes.feedOf(page(house), format),
    shows: known.ownLive,
    sees: everybody('shown'),
  }))
}

const readersPages: PageLine[] = [
  { place: `${READER}/page.tsx`, at: () => routes.frontPage, shows: known.othersLive, sees: everybody('shown') },
  { place: `${READER}/latest/page.tsx`, at: () => routes.latest, shows: known.ownLive, sees: everybody('shown') },
  { place: `${READER}/headlines/page.tsx`, at: () => routes.headlines, shows: known.ownLive, sees: everybody('shown') },
  {
    place: `${READER}/search/page.tsx`,
    at: () => `${routes.search}?q=kite`,
    shows: known.othersLive,
    sees: everybody('shown'),
  },
  {
    place: `${READER}/[section]/page.tsx`,
    at: ({ section }) => routes.section(section),
    shows: known.ownLive,
    sees: everybody('shown'),
  },
  {
    place: `${READER}/[section]/[slug]/page.tsx`,
    of: 'a live story',
    at: (house) => asReaders(house, 'othersLive'),
    shows: known.othersLive,
    sees: everybody('shown'),
  },
  {
    place: `${READER}/[section]/[slug]/page.tsx`,
    of: 'a draft',
    at: (house) => asReaders(house, 'othersDraft'),
    sees: everybody('not there'),
  },
  {
    place: `${READER}/[section]/[slug]/page.tsx`,
    of: 'a scheduled story',
    at: (house) => asReaders(house, 'othersScheduled'),
    sees: everybody('not there'),
  },
  {
    place: `${READER}/[section]/[slug]/page.tsx`,
    of: 'a withdrawn story',
    at: ({ section, stories }) => routes.story({ id: stories.othersWithdrawn.id, slug: 'it', section }),
    sees: everybody('gone'),
  },
  ...nameKinds.flatMap((kind): PageLine[] => {
    const place = `${READER}/${kind}s/[slug]`
    const at = (slug: string) => (kind === 'author' ? routes.author({ slug }) : routes.topic({ slug }))
    return [
      { place: `${place}/page.tsx`, at: () => at('kite-wobble'), shows: known.ownLive, sees: everybody('shown') },
      {
        place: `${place}/page.tsx`,
        of: 'only a draft',
        at: () => at('kite-secretquill'),
        sees: everybody('not there'),
      },
      ...feedsOf(place, () => at('kite-wobble')),
      {
        place: `${READER}/sitemaps/${kind}s.xml/route.ts#GET`,
        at: () => (kind === 'author' ? routes.sitemapOfAuthors : routes.sitemapOfTopics),
        shows: 'kite-wobble',
        sees: everybody('shown'),
      },
    ]
  }),
  {
    place: `${READER}/corrections/page.tsx`,
    at: () => routes.corrections,
    shows: 'Corrections',
    sees: everybody('shown'),
  },
  {
    place: `${READER}/corrections/feed.xml/route.ts#GET`,
    at: () => routes.correctionsFeed,
    shows: 'Corrections',
    sees: everybody('shown'),
  },
  { place: `${READER}/[...address]/page.tsx`, at: () => '/no/such/page/here', sees: everybody('not there') },
  ...feedsOf(READER, () => routes.frontPage),
  ...feedsOf(`${READER}/[section]`, ({ section }) => routes.section(section)),
  { place: `${READER}/robots.txt/route.ts#GET`, at: () => '/robots.txt', sees: everybody('shown') },
  { place: `${READER}/sitemap.xml/route.ts#GET`, at: () => routes.sitemap, sees: everybody('shown') },
  {
    place: `${READER}/sitemaps/[after]/route.ts#GET`,
    at: () => routes.sitemapFile(NO_STORY),
    shows: 'kite-openharbour',
    sees: everybody('shown'),
  },
]

const newsroomPages: PageLine[] = [
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
  ...storyPages(`${STORY}/words/route.ts#GET`, (id) => inEdition(routes.admin.storyWords(id)), {}).map(askedByScript),
  ...storyPages(`${STORY}/words/stream/route.ts#GET`, (id) => inEdition(`${routes.admin.storyWords(id)}/stream`), {
    ownDraft: 'retry:',
    othersDraft: { editor: 'retry:', admin: 'retry:' },
  }).map(askedByScript),
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
    like: routes.admin.compared(NO_STORY, 'live', 'draft'),
  },
  {
    place: `${STORY}/versions/compare/page.tsx`,
    of: 'a version that a story never had',
    at: ({ stories }) => routes.admin.compared(stories.ownDraft.id, 7, 'draft'),
    sees: inside('not there', 'not there'),
    like: routes.admin.compared(NO_STORY, 7, 'draft'),
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
  { place: 'app/admin/[...elsewhere]/page.tsx', at: () => nothing, sees: inside('not there', 'not there') },
]

export const pageTable = [...openPages, ...readersPages, ...newsroomPages]

/** Words that some visitors must never receive, wherever they look. */
export function hiddenFrom({ otto, people }: House, visitor: Visitor): string[] {
  const {
    ownDraft: _draft,
    ownScheduled: _scheduled,
    ownChanges: _changes,
    assigned: _assigned,
    note: _note,
    ...others
  } = secrets
  const emails = [otto, ...Object.values(people)].map(({ email }) => email)
  switch (visitor) {
    case 'anonymous':
      return [...Object.values(secrets), ...emails]
    case 'reporter':
      return [...Object.values(others), ...emails]
    case 'editor':
      return emails
    case 'admin':
      return []
  }
}

function asReaders({ section, stories }: House, name: StoryName): string {
  const story = stories[name]
  const slug = story.stage === 'draft' ? story.draft.slug : story.slug
  return routes.story({ id: story.id, slug, section })
}

/** The link that a first start prints, still unused because the first admin came otherwise. */
export async function aSetupLink(): Promise<string> {
  const token = newToken()
  await database()
    .insert(invitations)
    .values({ tokenHash: hashOfToken(token), kind: 'setup' })
  return token
}

export async function anInvitation() {
  const email = `${crypto.randomUUID()}@example.test`
  return valueOf(await invitePerson(commandLineActor, { email, name: 'Somebody New', role: 'reporter' }))
}

/** A link to what readers see of a live story already. */
async function aPreviewToken(storyId: number): Promise<string> {
  const link = await sharePreview(commandLineActor, { storyId, label: 'A lawyer', shown: 1, days: '1' })
  return valueOf(link).previewToken
}
