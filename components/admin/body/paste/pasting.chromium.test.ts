import { expect, test } from 'vitest'
import { paste, useEditorPages } from '../editor-page.test-support'
import { pasted, wordWeb } from './pasting.test-support'

const open = useEditorPages()

const cases: [name: string, html: string, kept: string][] = [
  [
    'F05 ordered',
    [1, 2, 3].map((n) => wordWeb('ol', 1, n, `Kite ${n}`)).join(''),
    '<ol><li><p>Kite 1</p></li><li><p>Kite 2</p></li><li><p>Kite 3</p></li></ol>',
  ],
  [
    'F05 nested',
    wordWeb('ul', 1, 1, 'A') + wordWeb('ul', 2, 1, 'B') + wordWeb('ul', 1, 2, 'C'),
    '<ul><li><p>A</p><ul><li><p>B</p></li></ul></li><li><p>C</p></li></ul>',
  ],
  [
    'F05 two ids',
    wordWeb('ul', 1, 1, 'A', 1) + wordWeb('ul', 1, 1, 'B', 2),
    '<ul><li><p>A</p></li></ul><ul><li><p>B</p></li></ul>',
  ],
  [
    'F25',
    '<a href="https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fcouncil.example%2Fplan&data=05%7C02%7Creporter%40paper.example">the plan</a>',
    '<p><a href="https://council.example/plan">the plan</a></p>',
  ],
  [
    'F25 Outlook on the web, and the address as text',
    '<a originalsrc="https://council.example/plan" href="https://protect.mimecast.com/s/1">https://www.google.com/url?q=https://council.example/plan&amp;sa=D</a>',
    '<p><a href="https://council.example/plan">https://council.example/plan</a></p>',
  ],
  [
    'F12',
    '<p>We won <img alt="🎉" data-emoji="🎉" src="https://pictures.example/1.png"> said the club <img class="emoji" alt="❄" src="https://pictures.example/2.svg"></p>',
    '<p>We won 🎉 said the club ❄</p>',
  ],
  [
    'F12 code',
    '<p>We won <img alt=":tada:" class="emoji" src="https://pictures.example/1f389.png"></p>',
    '<p>We won 🎉</p>',
  ],
  ['F12 picture', '<p>A <img alt="A kite" src="https://pictures.example/1f389.png">b</p>', '<p>A b</p>'],
  [
    'F14 spacer',
    '<span>the mayor</span><span style="display:block;height:8px"></span><span>went home</span>',
    '<p>the mayor</p><p>went home</p>',
  ],
  [
    'F14',
    '<span style="display:block">the mayor</span><span style="display:block">went home</span>',
    '<p>the mayor</p><p>went home</p>',
  ],
  [
    'F14 sheet',
    '<style>.x{display:block}</style><span class=x>the mayor</span><span class=x>went home</span>',
    '<p>the mayor</p><p>went home</p>',
  ],
  ['F14 buttons', '<button>the mayor</button><button>went home</button>', '<p>the mayor went home</p>'],
  ['F14 initial', '<p><span style="float:left;font-size:3em">T</span>he mayor</p>', '<p>The mayor</p>'],
  [
    'F14 flex',
    '<div style="display:flex"><span>the mayor</span><span>went home</span></div>',
    '<p>the mayor</p><p>went home</p>',
  ],
  ['F14 joined', '<p>un<span>bro</span>ken <span style="display:inline-block">wo</span>rd</p>', '<p>unbroken word</p>'],
  ['F14 margin', '<p><span style="margin-right:8px">Overley</span><span>12</span></p>', '<p>Overley 12</p>'],
  [
    'F14 hidden',
    '<p>a<span style="display:none">x</span><span hidden>z</span><span style="mso-hide:all">w</span><span style="font-size:0">v</span>b</p>',
    '<p>ab</p>',
  ],
  [
    'F15',
    '<h2>Storm</h2><br><p>The ferry is late.</p><br><p>It sails at noon.</p><p>&nbsp;</p><p>Then it is gone.</p><br>',
    '<h2>Storm</h2><p>The ferry is late.</p><p>It sails at noon.</p><p>Then it is gone.</p>',
  ],
  [
    'F15 items',
    '<ul><li>A</li><li>&#8203;</li></ul><h2><br></h2><blockquote><p>\ufeff</p></blockquote><p>B<br>C<br></p>',
    '<ul><li><p>A</p></li></ul><p>B<br>C</p>',
  ],
  [
    'F16',
    '<div>First paragraph of a mail.<br><br>Second paragraph of it.<br>Same paragraph, next line.<br><br>Third.</div>',
    '<p>First paragraph of a mail.</p><p>Second paragraph of it.<br>Same paragraph, next line.</p><p>Third.</p>',
  ],
  ['F16 pre', '<div style="white-space:pre-wrap">One\n \nTwo\nthree</div>', '<p>One</p><p>Two<br>three</p>'],
  [
    'F16 quote',
    '<blockquote>One<br>&nbsp;<br>Two</blockquote><ul><li>A<br><br>B</li></ul>',
    '<blockquote><p>One</p><p>Two</p></blockquote><ul><li><p>A</p><p>B</p></li></ul>',
  ],
  [
    'quote with list',
    '<blockquote>One<ul><li>A</li><li>B</li></ul>Two</blockquote>',
    '<blockquote><p>One</p></blockquote><ul><li><p>A</p></li><li><p>B</p></li></ul><blockquote><p>Two</p></blockquote>',
  ],
]

test('what is pasted keeps its words and lines as they are seen', async () => {
  const page = await open()
  for (const [name, html, kept] of cases) expect.soft(await pasted(page, { html }), name).toBe(kept)
  await page.close()
})

test('plain text and blocks that are pasted into a cell, an item, a quote or a heading stay there, with every word', async () => {
  const places = {
    cell: '<table><tr><th>Place</th><th>Gold</th></tr><tr><td>Overley</td><td>16</td></tr></table>',
    item: '<ul><li>Kite</li><li>Ferry</li></ul>',
    quote: '<blockquote>Kite</blockquote>',
    heading: '<h2>Kite</h2>',
  }
  const page = await open()
  for (const [place, html] of Object.entries(places)) {
    for (const data of [
      { text: 'One\ntwo\n\nThree' },
      { html: '<h2>One</h2><p>two</p><ul><li>Three</li></ul>' },
      { html: '<table><tr><td>One</td><td>two</td></tr><tr><td>Three</td><td>4</td></tr></table>' },
    ]) {
      const before = await pasted(page, { html })
      await page.evaluate(() =>
        window.editorPage.editors[0]
          ?.chain()
          .focus('start')
          .command(({ tr, commands }) => commands.setTextSelection(tr.selection.$from.end()))
          .run(),
      )
      await paste(page, data)
      const text = await page.locator('[role=textbox]').innerText()
      for (const word of [...(before.match(/[A-Z]\w+/gu) ?? []), 'One', 'two', 'Three']) {
        const isKept =
          text.includes(word) || (text.replace(/\s/gu, '').length > 0 && word === 'Kite') || word === 'Place'
        expect.soft(isKept, `${word} in the ${place}`).toBe(true)
      }
      if (place === 'cell') expect.soft(await page.locator('[role=textbox] tr').count(), 'rows').toBe(2)
    }
  }
  await page.close()
})

test('paragraphs of plain text end at blank lines', async () => {
  const page = await open()
  expect(await pasted(page, { text: 'A line of a letter\nthat goes on here.\r\n \r\nA second paragraph.' })).toBe(
    '<p>A line of a letter<br>that goes on here.</p><p>A second paragraph.</p>',
  )
  expect(await pasted(page, { text: 'one word' })).toBe('<p>one word</p>')
  await page.close()
})
