import type { Page } from '@playwright/test'
import { expect, test } from 'vitest'
import { paste, useEditorPages } from '../editor-page.test-support'

const open = useEditorPages()

/** The body as elements without attributes. */
const shown = (page: Page, index = 0) =>
  page.evaluate((at) => {
    const html = window.editorPage.editors[at]?.getHTML() ?? ''
    return html.replaceAll(/<(\w+) (?:href="([^"]*)")?[^>]*>/gu, (_all, name: string, href?: string) =>
      href === undefined ? `<${name}>` : `<${name} ${href}>`,
    )
  }, index)

/** What each line gives, typed in a body of its own: `⏎` is the Enter key, `⌫` Backspace, `↶` Ctrl+Z. */
async function typed(page: Page, keys: string): Promise<string> {
  await page.evaluate(() => {
    const [editor] = window.editorPage.editors
    editor?.chain().setContent('<p></p>').focus('start').run()
  })
  for (const key of keys) {
    if (key === '⏎') await page.keyboard.press('Enter')
    else if (key === '⌫') await page.keyboard.press('Backspace')
    else if (key === '↶') await page.keyboard.press('Control+z')
    else if (key === '⏲') await page.waitForTimeout(700)
    else await page.keyboard.type(key)
  }
  return shown(page)
}

async function expectTyped(cases: [keys: string, html: string][], shared = 0) {
  const page = await open({ shared })
  const found: [string, string][] = []
  for (const [keys] of cases) found.push([keys, await typed(page, keys)])
  await page.close()
  expect(found).toEqual(cases)
}

/** Sentences that begin with signs, as reporters type them. Each stays as it is. */
const LINE_STARTS = [
  '2026. A year of floods began.',
  '1945. Then it was over.',
  '3. Oktober war frei.',
  '24. december er ferry fri.',
  '2) the second kite',
  '0. The ferry is on top.',
  '01. May',
  '007. The kite returns.',
  '1.5 million kites',
  '+ 3 degrees',
  '> 50 people came',
  '>> more ferries',
  '--- more follows',
  '-- the kite club',
  '—- No, dijo.',
  '— No, dijo.',
  '– Non, dit-il.',
  '- 3 degrees',
  '- €5m for the ferry',
  '-3 degrees',
  '# 1 in the charts',
  '#1 in the charts',
  '#### four',
  '« Non », dit-il.',
  '>50 people',
  '§ 3 of the ferry law',
  '• a point',
  '[ ] a task',
  '[x] a task done',
  '``` kite',
  '~~~ kite',
  '___ kite',
  '*** kite',
  '1 . a kite',
  'a. the first',
  'I. The first',
  '| a | b |',
  '(c) the kite club',
  'a -> b ... (c) 1/2 >= 3 != 4',
]

test('a sentence that begins with a number or a sign stays a sentence', async () => {
  await expectTyped(
    LINE_STARTS.map((line) => [
      line,
      `<p>${line.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</p>`,
    ]),
  )
})

test('a list begins with “1. ”, “1) ”, “- ” or “* ”, and a number goes on only right below its list', async () => {
  await expectTyped([
    ['1. One', '<ol><li><p>One</p></li></ol>'],
    ['1) One', '<ol><li><p>One</p></li></ol>'],
    ['- One⏎Two', '<ul><li><p>One</p></li><li><p>Two</p></li></ul>'],
    ['* One', '<ul><li><p>One</p></li></ul>'],
    ['1. One⏎⏎2. Two', '<ol><li><p>One</p></li><li><p>Two</p></li></ol>'],
    ['1. One⏎⏎2) Two', '<ol><li><p>One</p></li><li><p>Two</p></li></ol>'],
    ['1. One⏎⏎3. Two', '<ol><li><p>One</p></li></ol><p>3. Two</p>'],
    ['1. One⏎⏎Then⏎2. Two', '<ol><li><p>One</p></li></ol><p>Then</p><p>2. Two</p>'],
    ['- One⏎⏎2. Two', '<ul><li><p>One</p></li></ul><p>2. Two</p>'],
    ['- One⏎1. FC Overley', '<ul><li><p>One</p></li><li><p>1. FC Overley</p></li></ul>'],
    ['## Kites', '<h2>Kites</h2>'],
    ['### Kites', '<h3>Kites</h3>'],
  ])
})

test('asterisks and underscores stay unless they are emphasis', async () => {
  const stays = [
    '5 * 3 * 2 is 30',
    '5*3*2 is 30',
    '2 ** 3 and 4 ** 5',
    '2**3 and 4**5',
    '_snake_case_ name',
    'a snake_case_name and another_one',
    'see __init__ and __main__.',
    '*innen und Student*innen',
    'Leser*innen und Student*innen',
    'Kolleg_innen und Leser_innen',
    'Smith 45* and Jones 12* were not out',
    'Smith 45 * and Jones 12 * were not out',
    'Prices* and fees** are old.',
    '* * *',
    '*** and ***',
    'first_name_@paper.example and _last_@paper.example',
    '_draft_/kites',
    '*.ts and *.js',
    'f(*args, **kwargs)',
    '~~gone~~ and ~gone~',
    '`code` and ``code``',
    '**',
    '____',
    'a ** b ** c',
    '* kite*'.slice(1),
  ]
  await expectTyped([
    ...stays.map((line): [string, string] => [
      line,
      line === '* * *' ? '<ul><li><p>* *</p></li></ul>' : `<p>${line}</p>`,
    ]),
    ['a *kite* club', '<p>a <em>kite</em> club</p>'],
    ['a _kite_ club', '<p>a <em>kite</em> club</p>'],
    ['a **kite club** sang', '<p>a <strong>kite club</strong> sang</p>'],
    ['(*kite*), “**ferry**”.', '<p>(<em>kite</em>), “<strong>ferry</strong>”.</p>'],
    ['**a *kite* club**', '<p><strong>a <em>kite</em> club</strong></p>'],
    ['*«Kite!»*⏎then', '<p><em>«Kite!»</em></p><p>then</p>'],
  ])
})

const TAKEN_BACK: [string, string][] = [
  ['1. ', '<p>1. </p>'],
  ['1) ', '<p>1) </p>'],
  ['- ', '<p>- </p>'],
  ['* ', '<p>* </p>'],
  ['## ', '<p>## </p>'],
  ['### ', '<p>### </p>'],
  ['a *kite*', '<p>a *kite*</p>'],
  ['a _kite_', '<p>a _kite_</p>'],
  ['a **kite club**', '<p>a **kite club**</p>'],
  ['1. One⏎⏎2. ', '<ol><li><p>One</p></li></ol><p>2. </p>'],
]

for (const shared of [0, 2]) {
  const where = shared === 0 ? 'a body alone' : 'a shared document'
  test(`in ${where} one Ctrl+Z, or Backspace right behind, takes an automatic change back, and it is not made again`, async () => {
    const goOn = (html: string) => html.replace(/<\/p>$/u, '!</p>')
    await expectTyped(
      TAKEN_BACK.flatMap(([keys, html]): [string, string][] => [
        [`${keys}↶`, html],
        [`${keys}⌫`, html],
        [`${keys}⌫⌫${keys.at(-1) ?? ''}!`, goOn(html)],
      ]),
      shared,
    )
    await expectTyped(
      [
        ['1. ⏲↶Mai', '<p>1. Mai</p>'],
        ['a **kite**⏲↶!', '<p>a **kite**!</p>'],
        ['⏲1. ↶↶', '<p></p>'],
        ['1. ⌫⌫', '<p>1.</p>'],
        ['1. Mai↶↶', '<p>1. </p>'],
        ['a *kite*! ↶↶', '<p>a *kite*</p>'],
      ],
      shared,
    )
  })
}

test('a change is taken back while somebody else writes, by Backspace and by Ctrl+Z, and their text stays', async () => {
  for (const key of ['Backspace', 'Control+z']) {
    const page = await open({ shared: 2 })
    await page.keyboard.type('The ferry sang.')
    await page.keyboard.press('Enter')
    await page.keyboard.type('1. ')
    await page.evaluate(() => window.editorPage.editors[1]?.commands.insertContentAt(1, 'Loud: '))
    await page.keyboard.press(key)
    await page.keyboard.type('Mai')
    for (const index of [0, 1]) expect(await shown(page, index)).toBe('<p>Loud: The ferry sang.</p><p>1. Mai</p>')
    await page.close()
  }
})

test('pasted plain text is never read as markup, and links made from it are undone alone', async () => {
  const page = await open({ shared: 1 })
  const plain = async (text: string) => {
    await typed(page, '')
    await paste(page, { text })
    await page.waitForTimeout(20)
    return shown(page)
  }
  for (const line of [
    'Smith 45 * and Jones 12 * were not out; see __init__ and *innen und Student*innen.',
    '**kite** and _ferry_ and ~~gone~~ and `code`',
    '# Kites',
    '> 50 people',
    '- kite',
    '1. kite',
    '[kite](https://kite.example)'.replace('https://', ''),
    'went home.It was',
  ])
    expect(await plain(line)).toBe(`<p>${line.replaceAll('>', '&gt;')}</p>`)
  expect(await plain('See (https://kite.example/a_(b)), now.')).toBe(
    '<p>See (<a https://kite.example/a_(b)>https://kite.example/a_(b)</a>), now.</p>',
  )
  await page.keyboard.press('Control+z')
  expect(await shown(page)).toBe('<p>See (https://kite.example/a_(b)), now.</p>')
  await page.keyboard.type(' x')
  expect(await shown(page)).toBe('<p>See (https://kite.example/a_(b)), now. x</p>')
  await typed(page, 'The kite')
  await page.keyboard.press('Shift+Control+ArrowLeft')
  await page.waitForFunction(() => window.editorPage.editors[0]?.state.selection.empty === false)
  await paste(page, { text: 'https://kite.example/' })
  expect(await shown(page)).toBe('<p>The <a https://kite.example/>kite</a></p>')
  await page.keyboard.press('Control+z')
  expect(await shown(page)).toBe('<p>The kite</p>')
  await page.close()
})
