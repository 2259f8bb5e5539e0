import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import type { Body } from '@/domain/body/body'
import { paste, storedBody, useEditorPages } from '@/components/admin/body/editor-page.test-support'
import { BlockView, blockHtml } from '../blocks'

const open = useEditorPages()

const medals =
  '<table><tr><td rowspan="2">Place</td><td colspan="2">Medals</td></tr><tr><td>Gold</td><td>Silver</td></tr><tr><td>Overley</td><td>16</td><td>8</td></tr><tr><td rowspan="2">Netherby</td><td>8</td><td>5</td></tr><tr><td>7</td><td>4</td></tr></table>'

/** What is pasted, and what of it must be in the page and in the feeds. */
const cases: Record<string, { html: string; has: string[]; hasNot?: string[] }> = {
  'raised and lowered figures': {
    html: '<p>It holds 10<sup>6</sup> litres of H<sub>2</sub>O, as in 2019<sup>3</sup>.</p>',
    has: ['10<sup>6</sup> litres of H<sub>2</sub>O, as in 2019<sup>3</sup>.'],
  },
  'figures raised by a style': {
    html: '<p>10<span style="vertical-align:super">6</span></p>',
    has: ['10<sup>6</sup>'],
  },
  'struck words': {
    html: '<p>The ferry sails <s>on Monday</s> on Tuesday. <span style="text-decoration:line-through">Not this.</span> <strike>Nor this.</strike></p>',
    has: ['<s>on Monday</s>', '<s>Not this.</s>', '<s>Nor this.</s>'],
  },
  'the numbers of a list that goes on': {
    html: '<ol><li>One</li><li>Two</li></ol><p>Between.</p><ol start="3"><li>Three</li><li>Four</li></ol>',
    has: ['<ol><li><p>One</p></li>', '<ol start="3"><li><p>Three</p></li>'],
  },
  'letters, counting down and own numbers': {
    html: '<ol type="a"><li>A</li></ol><p>x</p><ol reversed><li>B</li><li>C</li></ol><p>y</p><ol><li>D</li><li value="7">E</li></ol>',
    has: ['<ol type="a">', '<ol start="2" reversed="', '<li value="7"><p>E</p></li>'],
  },
  'merged cells': {
    html: medals,
    has: [
      '<th rowspan="2">Place</th><th colspan="2">Medals</th>',
      '<td rowspan="2">Netherby</td><td>8</td><td>5</td>',
      '<tr><td>7</td><td>4</td></tr>',
    ],
  },
  'spans beyond the table': {
    html: '<table><tr><th colspan="100000">Title</th></tr><tr><td>1</td><td>2</td></tr></table>',
    has: ['<th colspan="2">Title</th>'],
  },
}

/** Without what differs between the page and a feed. */
const comparable = (html: string) =>
  html
    .replace(/ (?:data-)?id="[^"]*"/gu, '')
    .replace(/ scope="[a-z]+"| tabindex="0"| class="head"| dir="auto"/gu, '')
    .replaceAll('rowSpan=', 'rowspan=')
    .replaceAll('colSpan=', 'colspan=')
    // Attributes in another order.
    .replace(/<ol reversed="" start="(\d+)"/gu, '<ol start="$1" reversed=""')
    .replace(/<(t[dh]) colspan="(\d+)" rowspan="(\d+)"/gu, '<$1 rowspan="$3" colspan="$2"')

test('what is pasted in a shared document reaches readers and feeds unchanged', async () => {
  for (const [name, { html, has }] of Object.entries(cases)) {
    const page = await open({ shared: 2 })
    await paste(page, { html })
    const body = (await storedBody(page, 1)) as Body
    const onPage = comparable(
      renderToStaticMarkup(
        body.content.map((block) => <BlockView key={block.attrs.id} block={block} notes={[]} timeZone="UTC" />),
      ),
    )
    const inFeed = comparable(body.content.map((block) => blockHtml(block)).join(''))
    const inEditor = comparable(await page.evaluate(() => window.editorPage.editors[0]?.view.dom.innerHTML ?? ''))
    for (const piece of has) {
      expect.soft(onPage, name).toContain(piece)
      expect.soft(inFeed, name).toContain(piece)
      const bare = piece.replace(/<(\/?)th\b/gu, '<$1td')
      expect
        .soft(
          inEditor.replace(/<(\/?)th\b/gu, '<$1td').replace(/ data-id="[^"]*"| id="[^"]*"/gu, ''),
          `${name} in the editor`,
        )
        .toContain(bare)
    }
    await page.close()
  }
})
