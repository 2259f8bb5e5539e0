import { expect, test, type Page } from '@playwright/test'
import { WRITING_EDITION } from '@/domain/writing/words-frame'
import { expectAccessible } from './support/accessible'
import { aWord, answer, beginStory, body, button, field, problem, publishStory, yourWords } from './support/newsroom'
import { newspaper, signedIn } from './support/people'

/** The block that Enter would take. */
const entry = (page: Page) => page.getByRole('listbox', { name: 'Blocks' }).getByRole('option', { selected: true })

/** Types a slash and the beginning of a block's name, and takes the block. */
async function choose(page: Page, name: string) {
  await page.keyboard.type(`/${name}`)
  await expect(entry(page)).toContainText(new RegExp(name, 'iu'))
  await page.keyboard.press('Enter')
}

async function portalAddress(page: Page): Promise<string> {
  return `${newspaper()}${(await page.getByRole('link', { name: 'View on the portal' }).getAttribute('href')) ?? ''}`
}

/** A small telephone, held upright. */
const telephone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }

test('every block is written on a telephone, from its keyboard and by taps, and readers get it with and without script', async ({
  browser,
}) => {
  test.slow()
  const { page, context } = await signedIn(browser, 'editor', 'Tess', telephone)
  const headline = `Kite ${aWord()}`
  await beginStory(page, headline)
  const { keyboard } = page
  await body(page).tap()
  await keyboard.type('/')
  await expect(page.getByRole('listbox', { name: 'Blocks' }).getByRole('option')).toHaveCount(10)
  await expect(body(page)).toHaveAttribute('aria-activedescendant', /./u)
  await expectAccessible(page)
  await keyboard.press('ArrowUp')
  await expect(entry(page)).toHaveText('Embed')
  await keyboard.press('Escape')
  await expect(page.getByRole('listbox', { name: 'Blocks' })).toHaveCount(0)
  await keyboard.press('Backspace')
  await choose(page, 'pull')
  await keyboard.type('I never liked kites')
  await keyboard.press('Enter')
  await keyboard.type('Odd Quibble')
  await keyboard.press('Enter')
  await choose(page, 'fact')
  await keyboard.type('The ferry')
  await keyboard.press('ArrowDown')
  await keyboard.type('- Two funnels')
  await keyboard.press('Control+Enter')
  await choose(page, 'table')
  for (const words of ['Quay', 'Songs', '', 'Upper', '12', '', 'Lower']) {
    await keyboard.type(words)
    await keyboard.press('Tab')
  }
  await keyboard.type('7')
  await page.getByRole('group', { name: 'Table' }).getByRole('button', { name: 'Add row' }).tap()
  await keyboard.type('9')
  await keyboard.press('Control+Enter')
  await keyboard.type('---')
  await choose(page, 'emb')
  const dialog = page.getByRole('dialog', { name: 'Embed' })
  await dialog.getByLabel('Address').fill('javascript:alert(1)')
  await keyboard.press('Enter')
  await expect(dialog.getByRole('alert')).toContainText('no address in the web')
  await dialog.getByLabel('Address').fill('https://youtu.be/abcdefghijk')
  await dialog.getByLabel('Title').fill('The ferry sings')
  await keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await keyboard.type('# At last')
  await expect(body(page).locator('h2', { hasText: 'At last' })).toBeVisible()
  // A tap puts the caret into the words, and one on a button leaves it there.
  await body(page).getByText('Odd Quibble').tap()
  await button(page, 'Bold').tap()
  await keyboard.type('!')
  await expect(body(page).locator('strong')).toHaveText('!')
  await button(page, 'Undo').tap()
  await expect(body(page).locator('strong')).toHaveCount(0)
  await expect(body(page)).toContainText('I never liked kites')
  await expect(body(page)).toBeFocused()
  await expectAccessible(page)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  await page.getByLabel('Section').selectOption({ label: 'Europe' })
  await button(page, 'Publish').click()
  await expect(answer(page)).toContainText(`Published “${headline}”`)
  const address = await portalAddress(page)

  for (const javaScriptEnabled of [true, false]) {
    const readers = await browser.newContext({ javaScriptEnabled, viewport: { width: 360, height: 740 } })
    const reader = await readers.newPage()
    const asked: string[] = []
    await reader.route(
      (url) => url.origin !== newspaper(),
      (route) => {
        asked.push(route.request().url())
        return route.fulfill({ contentType: 'text/html', body: '<title>A film</title>' })
      },
    )
    await reader.goto(address)
    await expect(reader.getByText('I never liked kites')).toBeVisible()
    await expect(reader.getByRole('note', { name: 'The ferry' }).getByRole('listitem')).toHaveText('Two funnels')
    await expect(reader.getByRole('columnheader')).toHaveText(['Quay', 'Songs'])
    await expect(reader.getByRole('row')).toHaveCount(4)
    await expect(reader.getByRole('separator')).toHaveCount(1)
    await expect(reader.getByRole('link', { name: 'The ferry sings' })).toHaveAttribute(
      'href',
      'https://youtu.be/abcdefghijk',
    )
    // The checker needs a script to run; the document is the same without one.
    if (javaScriptEnabled) await expectAccessible(reader)
    const show = reader.getByRole('button', { name: 'Show the video here, from YouTube' })
    if (javaScriptEnabled) {
      expect(asked).toEqual([])
      await show.click()
      await expect(reader.frameLocator('iframe[title="The ferry sings"]').locator('html')).toBeAttached()
      expect(asked).toEqual(['https://www.youtube-nocookie.com/embed/abcdefghijk'])
    } else await expect(show).toHaveCount(0)
    expect(await reader.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
    await readers.close()
  }
  await context.close()
})

test('a table with a long word in it moves by itself on a telephone, and its page does not', async ({ browser }) => {
  const { page, context } = await signedIn(browser, 'editor', 'Tess', telephone)
  await beginStory(page, `Kite ${aWord()}`)
  await body(page).tap()
  await choose(page, 'table')
  await page.keyboard.type('Donaudampfschifffahrtsgesellschaft')
  await page.keyboard.press('Tab')
  await page.keyboard.type('Kapitänskajütenschlüssel')
  await expect(body(page).locator('.wide')).toHaveJSProperty('clientWidth', 294)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  await context.close()
})

test('asked for again, the search has the focus; closed by its button, the words have it', async ({ browser }) => {
  const { page, context } = await signedIn(browser, 'editor')
  await beginStory(page, `Kite ${aWord()}`)
  await body(page).click()
  await page.keyboard.type('The ferry sang.')
  await page.keyboard.press('Control+f')
  const sought = page.getByRole('search').getByLabel('Find')
  await expect(sought).toBeFocused()
  await sought.fill('ferry')
  await body(page).click()
  await page.keyboard.press('Control+f')
  await expect(sought).toBeFocused()
  await page.keyboard.type('sang')
  await expect(sought).toHaveValue('sang')
  await button(page, 'Find').click()
  await expect(body(page)).toBeFocused()
  await context.close()
})

test('a hurried hand finds its letters in the order in which it typed them, also in a paragraph just begun', async ({
  browser,
}) => {
  const { page, context } = await signedIn(browser, 'editor', 'Tess', telephone)
  await beginStory(page, `Kite ${aWord()}`)
  await body(page).tap()
  const { keyboard } = page
  const typed: string[] = []
  for (let turn = 1; turn <= 12; turn += 1) {
    typed.push(`Ferry ${String(turn)}`, `kite ${String(turn)}`)
    await keyboard.type(`Ferry ${String(turn)}`)
    await keyboard.press('Enter')
    await keyboard.type('---')
    await keyboard.type(`kite ${String(turn)}`)
    await keyboard.press('Enter')
  }
  await expect(body(page).locator('p')).toHaveText([...typed, ''])
  await context.close()
})

test('what is still to come and what leads nowhere is marked, listed and refused until it is put right', async ({
  browser,
}) => {
  const { page, context } = await signedIn(browser, 'editor')
  const headline = `Kite ${aWord()}`
  await beginStory(page, headline)
  await body(page).click()
  await page.keyboard.type('The ferry sang at TK songs')
  await expect(body(page).locator('.unresolved')).toHaveText('TK')
  await page.keyboard.press('Control+Shift+ArrowLeft')
  await button(page, 'Link').click()
  await page.getByRole('dialog').getByLabel('Address').fill('/europe/gone-999999')
  await page.keyboard.press('Enter')
  await page.getByLabel('Section').selectOption({ label: 'Europe' })
  await button(page, 'Publish').click()
  await expect(problem(page)).toContainText('Resolve TK in the body: “The ferry sang at TK songs”.')
  await expect(problem(page)).toContainText('leads to /europe/gone-999999, where readers find nothing.')
  const checklist = page.getByRole('region', { name: 'Before publishing' })
  await expect(checklist.getByRole('listitem')).toHaveCount(2, { timeout: 20_000 })

  // Found and replaced: the mark with a number, in one step that undoing takes back.
  await body(page).click()
  await page.keyboard.press('Control+f')
  const panel = page.getByRole('search', { name: 'Find and replace in the body' })
  await panel.getByLabel('Find', { exact: true }).fill('s')
  await expect(panel.getByRole('status')).toHaveText(/^\d of 3$/u)
  await panel.getByLabel('Match case').check()
  await panel.getByLabel('Find', { exact: true }).fill('TK')
  await expect(panel.getByRole('status')).toHaveText('1 of 1')
  await expectAccessible(page)
  await panel.getByLabel('Replace with').fill('twelve')
  await panel.getByRole('button', { name: 'Replace all' }).click()
  await expect(panel.getByRole('status')).toHaveText('Replaced in 1 place.')
  await expect(body(page)).toHaveText('The ferry sang at twelve songs')
  await button(page, 'Undo').click()
  await expect(panel.getByRole('status')).toHaveText('1 of 1')
  await button(page, 'Redo').click()
  await panel.getByRole('button', { name: 'Close' }).click()
  await expect(body(page)).toBeFocused()
  await page.keyboard.press('Control+z')
  await expect(body(page)).toHaveText('The ferry sang at TK songs')
  await page.keyboard.press('Control+Shift+z')
  await expect(body(page)).toHaveText('The ferry sang at twelve songs')
  await body(page).getByRole('link').click()
  await button(page, 'Link').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove link' }).click()
  await button(page, 'Publish').click()
  await expect(answer(page)).toContainText(`Published “${headline}”`)
  await context.close()
})

/** What a tab kept on the device stands from now on where a tab of the edition before keeps it, and the tab sends nothing more, as if it had been that one. */
async function asTheEditionBefore(page: Page) {
  await page.evaluate(async (edition) => {
    window.fetch = () => Promise.reject(new Error('The network is gone.'))
    const answerOf = <Answer>(request: IDBRequest<Answer>) =>
      new Promise<Answer>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(new Error(request.error?.message))
      })
    const places = (await indexedDB.databases()).flatMap(({ name }) => (name?.endsWith(`, ${edition}`) ? [name] : []))
    if (places.length !== 1) throw new Error(`Words are kept in ${places.length} places.`)
    for (const name of places) {
      const now = await answerOf(indexedDB.open(name))
      const kept = await answerOf(now.transaction('updates').objectStore('updates').getAll())
      const asking = indexedDB.open(name.replace(/\d+$/u, String(edition - 1)))
      asking.onupgradeneeded = () => {
        asking.result.createObjectStore('updates', { autoIncrement: true })
        asking.result.createObjectStore('custom')
      }
      const before = await answerOf(asking)
      const updates = before.transaction('updates', 'readwrite').objectStore('updates')
      for (const update of kept) await answerOf(updates.add(update))
      await answerOf(now.transaction('updates', 'readwrite').objectStore('updates').clear())
      before.close()
      now.close()
    }
  }, WRITING_EDITION)
}

test('a tab from the previous build after an upgrade takes nothing away, and what it kept on the device is not lost', async ({
  browser,
}) => {
  const [ann, otto] = [await signedIn(browser, 'editor', 'Ann'), await signedIn(browser, 'editor', 'Otto')]
  const address = await publishStory(ann.page, `Kite ${aWord()}`, 'It sang.')
  let isUpgraded = false
  // The previous build says no edition; the newsroom is then of this one.
  await otto.context.route(/\/words(?:\/stream)?\?/u, (route) =>
    isUpgraded
      ? route.continue({
          url: route
            .request()
            .url()
            .replace(/[?&]edition=\d+/u, ''),
        })
      : route.continue(),
  )
  await otto.page.goto(address)
  await expect(yourWords(otto.page)).toContainText('Saved')
  isUpgraded = true
  await field(otto.page, 'Kicker').fill('Written before')
  await expect(yourWords(otto.page)).toContainText('brought up to date')
  await expect(yourWords(otto.page)).toContainText('Your words are kept on this device.')
  await body(ann.page).click()
  await ann.page.keyboard.press('Control+End')
  await button(ann.page, 'Table').click()
  await ann.page.keyboard.type('Quay')
  await expect(yourWords(ann.page)).toContainText('Saved')
  await expect(field(ann.page, 'Kicker')).toHaveValue('')
  isUpgraded = false
  await asTheEditionBefore(otto.page)
  await button(otto.page, 'Load the page again').click()
  await expect(body(otto.page).locator('td').first()).toHaveText('Quay')
  await expect(field(otto.page, 'Kicker')).toHaveValue('Written before')
  await expect(field(ann.page, 'Kicker')).toHaveValue('Written before')
  await expect(body(ann.page).locator('td').first()).toHaveText('Quay')
  await Promise.all([ann.context.close(), otto.context.close()])
})

/** The shapes in which the usual programs put a text on the clipboard. */
const clipboards: Record<string, { html: string; reads: string[] }> = {
  Word: {
    html: `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{margin:0}</style></head><body><!--StartFragment-->
      <h1 style='margin-left:21.6pt;mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>1<span>&nbsp; </span></span>Kites<o:p></o:p></h1><p class=MsoNormal style='mso-margin-top-alt:auto'><span style='font-family:"Calibri"'>A <span class=msoDel><del cite="mailto:editor" datetime="2026-11-26T18:00">shy </del></span><b style='mso-bidi-font-weight:normal'>bold</b> and <i>slanted</i> <a href="https://harbour.example/tides">link</a><o:p></o:p></span></p>
      <p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><span style='font-family:Symbol;mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span>One<o:p></o:p></p>
      <p class=MsoListParagraphCxSpMiddle style='text-indent:-18.0pt;mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>o<span>&nbsp; </span></span>Inner<o:p></o:p></p>
      <p class=MsoListParagraphCxSpLast style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·<span>&nbsp; </span></span>Two<o:p></o:p></p>
      <table class=MsoTableGrid border=1><tr><td><p class=MsoNormal>Quay<o:p></o:p></p></td><td><p class=MsoNormal>Songs<o:p></o:p></p></td></tr><tr><td><p>Upper</p></td><td><p>12</p></td></tr></table><!--EndFragment--></body></html>`,
    reads: ['h2 Kites', 'p A bold and slanted link', 'ul One Inner Two', 'table Quay Songs Upper 12'],
  },
  'Google Docs': {
    html: `<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-0a1b"><h2 dir="ltr"><span style="font-weight:700;color:#000">Kites</span></h2><p dir="ltr"><span style="font-size:11pt;font-weight:400">A </span><span style="font-weight:700">bold</span><span style="font-weight:400"> and </span><span style="font-style:italic">slanted</span><span> </span><a href="https://harbour.example/tides" style="text-decoration:none"><span style="color:#1155cc">link</span></a></p><ol><li dir="ltr" aria-level="1"><p role="presentation"><span>One</span></p></li><li dir="ltr"><p><span>Two</span></p></li></ol></b><br class="Apple-interchange-newline">`,
    reads: ['h2 Kites', 'p A bold and slanted link', 'ol One Two'],
  },
  'a mail': {
    html: `<div dir="ltr"><table role="presentation" width="100%"><tbody><tr><td><div>A <b>bold</b> and <i>slanted</i> <a href="https://harbour.example/tides" onclick="x()">link</a></div><div><br></div><div>Second line</div><blockquote class="gmail_quote"><div>Quoted</div></blockquote></td></tr></tbody></table><img src="https://tracker.example/open.gif" width="1" height="1"><a href="https://tracker.example/click"><img src="x"></a></div>`,
    reads: ['p A bold and slanted link', 'p Second line', 'blockquote Quoted'],
  },
  'a page': {
    html: `<article><h3 class="x">Kites</h3><style>.x{}</style><p style="color:red">A <strong>bold</strong> and <em>slanted</em> <a href="https://harbour.example/tides">link</a></p><script>bad()</script><ul><li>One</li><li>Two</li></ul><iframe src="https://www.youtube.com/embed/abcdefghijk"></iframe><iframe src="https://tracker.example/"></iframe></article>`,
    reads: ['h3 Kites', 'p A bold and slanted link', 'ul One Two', 'figure youtube.com'],
  },
}

test('what is pasted from Word, Google Docs, a mail or a page keeps its structure and its links, and nothing else', async ({
  browser,
}) => {
  const { page, context } = await signedIn(browser, 'reporter')
  await beginStory(page, `Kite ${aWord()}`)
  for (const [program, { html, reads }] of Object.entries(clipboards)) {
    await body(page).click()
    await page.keyboard.press('Control+a')
    await page.keyboard.press('Delete')
    await body(page).evaluate((place, text) => {
      const clipboardData = new DataTransfer()
      clipboardData.setData('text/html', text)
      place.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
    }, html)
    const blocks = await body(page).evaluate((place) =>
      [...place.children].flatMap((block) => {
        const inner = block.matches('.wide') ? (block.firstElementChild ?? block) : block
        const lines = [...inner.querySelectorAll('p, td, b, h2, h3')].filter((line) => !line.querySelector('p'))
        const words = lines.length > 0 ? lines.map((line) => line.textContent) : [inner.textContent]
        const text = words.join(' ').trim()
        return text === '' ? [] : [`${inner.tagName.toLowerCase()} ${text}`]
      }),
    )
    expect.soft(blocks, program).toEqual(reads)
    await expect.soft(body(page).locator('strong'), program).toHaveText('bold')
    await expect.soft(body(page).locator('em'), program).toHaveText('slanted')
    await expect.soft(body(page).getByRole('link')).toHaveAttribute('href', 'https://harbour.example/tides')
    const dressed = '[style*="color"], [style*="mso"], [class*="Mso"], img[src], script, iframe, style'
    await expect.soft(body(page).locator(dressed), program).toHaveCount(0)
  }
  await expect(yourWords(page)).toContainText('Saved')
  await context.close()
})
