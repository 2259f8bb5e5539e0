import { readFile, writeFile } from 'node:fs/promises'
import { format, resolveConfig } from 'prettier'
import { can, type Act, type SubjectOf } from '@/domain/user/permission'
import { results, visitors, type ActionCase, type PageCase, type Visibility } from './case'

const DOCUMENT = 'docs/rights.md'

const visibilityCells: Record<Visibility, string> = {
  shown: 'yes',
  'not there': 'not there',
  gone: 'gone',
  'sign in': 'asked to sign in',
  'signed out': 'signed out',
}

/** The cases as tables for people. */
export async function rightsDocument(actions: ActionCase[], pages: PageCase[]): Promise<string> {
  const text = [
    '# Rights',
    '',
    'Who may do and see what. The rules are in `domain/user/permission.ts`. `e2e/rights.spec.ts` tries each line over HTTP for each role,',
    'with the whole server; a page, route or action without a line fails that test. Every other combination of whose a story is and how far it is',
    'is tried on the operations themselves, in `domain/user/permitting.test.ts`.',
    '',
    'The test writes these tables, from `e2e/support/rights`: change a case there, then',
    '`npx playwright test e2e/rights.spec.ts --project rights --update-snapshots`.',
    '',
    'A story that does not exist and one that is not for this person have the same response, 404. A refused form (403), or one sent after',
    'signing out, returns what was typed; nothing has changed.',
    '',
    '## What each role may do',
    '',
    ...table(
      ['action', ...visitors],
      actions.map(({ title, of, expected }) => [
        inFull(title, of),
        ...visitors.map((visitor) => results[expected[visitor]].cell),
      ]),
    ),
    '',
    '## What a reporter may do with a story',
    '',
    'By whose story it is. Editors and admins may do all of this with every story whose stage allows it, except publishing without an editor,',
    'which is for reporters.',
    '',
    ...table(['a reporter may', ...Object.keys(ownerships)], reporterRights()),
    '',
    '## What each role sees',
    '',
    ...table(
      ['address', ...visitors],
      pages.map(({ page, of, expected }) => [
        inFull(addressOf(page), of),
        ...visitors.map((visitor) => visibilityCells[expected[visitor]]),
      ]),
    ),
  ].join('\n')
  return format(text, { ...(await resolveConfig(DOCUMENT)), parser: 'markdown' })
}

export const readDocument = () => readFile(DOCUMENT, 'utf8').catch(() => '')
export const writeDocument = (text: string) => writeFile(DOCUMENT, text)

function table(head: string[], rows: string[][]): string[] {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`)
}

const inFull = (title: string, of: string | undefined) => (of ? `${title}: ${of}` : title)

/** The address of a page's file: Next leaves out folders in parentheses. */
function addressOf(file: string): string {
  const path = file
    .replace(/^app/u, '')
    .replace(/\/\([^)]*\)/gu, '')
    .replace(/\/(?:page|route)\.tsx?(?:#\w+)?$/u, '')
  return `\`${path || '/'}\``
}

const REPORTER = { id: 1, name: 'Quill', role: 'reporter' } as const
const [own, others] = [
  { ownerId: REPORTER.id, progress: { assignee: null } },
  { ownerId: 2, progress: { assignee: null } },
]
const ownerships = {
  'their own, not published': { ...own, stage: 'draft' },
  'their own, live': { ...own, stage: 'live' },
  'assigned to them': { ...others, progress: { assignee: REPORTER }, stage: 'draft' },
  'another’s, live': { ...others, stage: 'live' },
  'another’s, not live': { ...others, stage: 'draft' },
} as const

const acts = {
  'see it': (story) => may('story.see', story),
  'write in it': (story) => may('story.edit', story),
  'hand it in': (story) => may('story.submit', story),
  'share a preview': (story) => may('story.share', story),
  'take it, where nobody has it': (story) => may('story.assign', story, REPORTER.id),
  'publish without an editor': (story) => may('story.publish-alone', story, { reportersMayPublishAlone: true }),
  'publish, schedule or withdraw it': (story) => may('story.publish', story) && may('story.withdraw', story),
  'clear it or send it back': (story) => may('story.clear', story) && may('story.send-back', story),
  'correct it': (story) => may('story.correct', story),
  'lift its embargo': (story) => may('story.lift-embargo', story),
} satisfies Record<string, (story: Subject) => boolean>

type Subject = (typeof ownerships)[keyof typeof ownerships]
const may = <A extends Act>(act: A, ...subject: SubjectOf<A>) => can(REPORTER, act, ...subject)

/** Straight from the rules. */
const reporterRights = () =>
  Object.entries(acts).map(([title, mayDo]) => [
    title,
    ...Object.values(ownerships).map((story) =>
      mayDo(story) ? 'yes' : can(REPORTER, 'story.see', story) ? 'no' : 'not there',
    ),
  ])
