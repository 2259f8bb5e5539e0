import { readFile, writeFile } from 'node:fs/promises'
import { format, resolveConfig } from 'prettier'
import { results, type ActionCase } from './action-case'
import type { PageCase, Visibility } from './page-case'
import { ownerships, reporterWrites } from './edit-rights'
import { visitors, type ByVisitor } from './visitors'

const DOCUMENT = 'docs/rights.md'

const sightWords: Record<Visibility, string> = {
  shown: 'yes',
  'not there': 'not there',
  gone: 'gone',
  'sign in': 'asked to sign in',
  'signed out': 'signed out',
}

/** The tables of rights as people read them. */
export async function rightsDocument(acts: ActionCase[], pages: PageCase[]): Promise<string> {
  const text = [
    '# Rights',
    '',
    'Who may do and see what. The rules are in `domain/user/permission.ts`; these tables are what `e2e/rights.spec.ts` tries over HTTP,',
    'line by line and role by role, on the whole newspaper. A page, route or action that is in neither table fails that test.',
    '',
    'The tables are written by the test itself, from `e2e/support/rights`: change a line there, then',
    '`npx playwright test e2e/rights.spec.ts --project rights --update-snapshots`.',
    '',
    'What is not there and what is not for somebody are one answer, 404. Whoever is refused (403) or was signed out while writing gets',
    'back what they typed; nothing has changed.',
    '',
    '## What each role may do',
    '',
    ...table(
      'act',
      acts.map(({ words, of, may }) => [inFull(words, of), visitorsOf(may).map((verdict) => results[verdict].inWords)]),
    ),
    '',
    '## Where a reporter may write',
    '',
    'Whose a story is and how far it is, for every way to write in it (the form, the desk, the shared document, a former version); tried by',
    '`domain/user/permitting.test.ts`. Editors and admins write in every story; publishing what is on the screen is theirs alone.',
    '',
    ...tableOf(['story', ...ownerships], reporterWrites()),
    '',
    '## What each role sees',
    '',
    ...table(
      'address',
      pages.map(({ place, of, sees }) => [
        inFull(addressOf(place), of),
        visitorsOf(sees).map((sight) => sightWords[sight]),
      ]),
    ),
  ].join('\n')
  return format(text, { ...(await resolveConfig(DOCUMENT)), parser: 'markdown' })
}

export const readDocument = () => readFile(DOCUMENT, 'utf8').catch(() => '')
export const writeDocument = (text: string) => writeFile(DOCUMENT, text)

const table = (first: string, lines: [string, string[]][]) => tableOf([first, ...visitors], lines)

function tableOf(heads: string[], lines: [string, string[]][]): string[] {
  const row = (cells: string[]) => `| ${cells.join(' | ')} |`
  return [row(heads), row(heads.map(() => '---')), ...lines.map(([name, cells]) => row([name, ...cells]))]
}

const inFull = (words: string, of: string | undefined) => (of ? `${words}: ${of}` : words)
const visitorsOf = <Answer>(line: ByVisitor<Answer>) => visitors.map((visitor) => line[visitor])

/** The address of a page's file: folders in parentheses are for us only. */
function addressOf(place: string): string {
  const path = place
    .replace(/^app/u, '')
    .replace(/\/\([^)]*\)/gu, '')
    .replace(/\/(?:page|route)\.tsx?(?:#\w+)?$/u, '')
  return `\`${path || '/'}\``
}
