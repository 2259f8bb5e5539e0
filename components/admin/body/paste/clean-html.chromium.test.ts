import { expect, test } from 'vitest'
import { useEditorPages } from '../editor-page.test-support'
import { wordWeb } from './pasting.test-support'

const open = useEditorPages()

/** What is handed to the editor's schema. */
const cleaned: [name: string, html: string, kept: string][] = [
  [
    'F05 Outlook on the web',
    '<ol start="1"><li><div>One</div></li></ol><ol start="2"><li><div>Two</div></li></ol>',
    '<ol><li><p>One</p></li><li><p>Two</p></li></ol>',
  ],
  [
    'F05 Google Docs, a list directly in a list',
    '<ul><li>A</li><ol><li>B</li><ol><li>C</li></ol><li>D</li></ol><li>E</li></ul>',
    '<ul><li><p>A</p><ol><li><p>B</p><ol><li><p>C</p></li></ol></li><li><p>D</p></li></ol></li><li><p>E</p></li></ul>',
  ],
  [
    'F10 a formula',
    '<p>a <math><mfrac><mn>1</mn><mn>2</mn></mfrac></math> b <math><msup><mn>10</mn><mn>6</mn></msup></math></p>',
    '<p>a 1⁄2 b 10<sup>6</sup></p>',
  ],
  [
    'F13 a list in a cell',
    '<table><caption>Medals</caption><tr><th>A<th>B<tr><td>x<td>1<ol><li>i</li><li>j</li></ol></table>',
    '<table><caption>Medals</caption><tr><th>A</th><th>B</th></tr><tr><td>x</td><td>1<br>1. i<br>2. j</td></tr></table>',
  ],
  [
    'F06 start',
    '<ol start="3"><li>Three</li><li>Four</li></ol>',
    '<ol start="3"><li><p>Three</p></li><li><p>Four</p></li></ol>',
  ],
  [
    'F06 type',
    '<ol type="a"><li>A</li></ol><ol style="list-style-type:upper-roman"><li>B</li></ol>',
    '<ol type="a"><li><p>A</p></li></ol><ol type="I"><li><p>B</p></li></ol>',
  ],
  [
    'F06 reversed, value',
    '<ol reversed><li>Two</li><li>One</li></ol><ol><li value="7">A</li><li>B</li><li value="3">C</li></ol>',
    '<ol reversed="" start="2"><li><p>Two</p></li><li><p>One</p></li></ol><ol start="7"><li><p>A</p></li><li><p>B</p></li><li value="3"><p>C</p></li></ol>',
  ],
  [
    'F06 an empty item',
    '<ol><li>A</li><li></li><li>C</li></ol>',
    '<ol><li><p>A</p></li><li value="3"><p>C</p></li></ol>',
  ],
  [
    'F05 after a paragraph',
    wordWeb('ol', 1, 1, 'A') + '<p>Between</p>' + wordWeb('ol', 1, 2, 'B'),
    '<ol><li><p>A</p></li></ol><p>Between</p><ol start="2"><li><p>B</p></li></ol>',
  ],
  [
    'F05 four deep',
    [1, 2, 3, 4, 2].map((level) => wordWeb('ul', level, 1, `L${level}`)).join(''),
    '<ul><li><p>L1</p><ul><li><p>L2</p><ul><li><p>L3</p><ul><li><p>L4</p></li></ul></li></ul></li><li><p>L2</p></li></ul></li></ul>',
  ],
  [
    'F05 Word for desktop',
    '<p style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">c)<span>&nbsp; </span></span>C</p><p style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">d)</span>D</p>',
    '<ol type="a" start="3"><li><p>C</p></li><li><p>D</p></li></ol>',
  ],
  [
    'F05 a marker that HTML has not',
    '<p style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">1.2.</span>C</p>',
    '<ul><li><p>1.2. C</p></li></ul>',
  ],
  [
    'F10',
    '<p>10<sup>6</sup> H<sub>2</sub>O <span style="vertical-align:super">a</span><span style="vertical-align:-3px">b</span><span style="mso-text-raise:3pt">c</span><span style="font-variant-position:sub">d</span><span style="vertical-align:30%">e</span><span style="vertical-align:1px">f</span></p>',
    '<p>10<sup>6</sup> H<sub>2</sub>O <sup>a</sup><sub>b</sub><sup>c</sup><sub>d</sub><sup>e</sup>f</p>',
  ],
  [
    'F11',
    '<p>A <s>b</s> <strike>c</strike> <span style="text-decoration:line-through">d <b>e</b></span> <del>f</del></p><p style="text-decoration:line-through double">g</p><style>.x{text-decoration:line-through}</style><p class=x>h</p>',
    '<p>A <s>b</s> <s>c</s> <s>d </s><strong><s>e</s></strong></p><p><s>g</s></p><p><s>h</s></p>',
  ],
  [
    'F11 in a cell',
    '<table><tr><td>A<td>B<tr style="text-decoration:line-through"><td>C<td>D</table>',
    '<table><tr><td>A</td><td>B</td></tr><tr><td><s>C</s></td><td><s>D</s></td></tr></table>',
  ],
  [
    'F13',
    '<table><tr><td rowspan="2">Place</td><td colspan="2">Medals</td></tr><tr><td>Gold</td><td>Silver</td></tr><tr><td>Overley</td><td>16</td><td>8</td></tr></table>',
    '<table><tr><td rowspan="2">Place</td><td colspan="2">Medals</td></tr><tr><td>Gold</td><td>Silver</td></tr><tr><td>Overley</td><td>16</td><td>8</td></tr></table>',
  ],
  [
    'F13 hostile',
    '<table><tr><td colspan="100000">Title</td></tr><tr><td rowspan="0">A</td><td>1</td></tr><tr><td rowspan="9">2</td></tr></table>',
    '<table><tr><td colspan="2">Title</td></tr><tr><td rowspan="2">A</td><td>1</td></tr><tr><td>2</td></tr></table>',
  ],
  [
    'F12 more',
    '<h2>Kite <img alt="🇩🇰" src="x"></h2><p><a href="https://kites.example">won <img data-emoji="👩‍🚒" src="x"></a> <img class="emoji" src="https://s.w.org/1f1e9-1f1f0.svg" alt=""> <img alt=":party_kite:" data-stringify-type="emoji" src="x"><img alt="7" src="x"></p>',
    '<h2>Kite 🇩🇰</h2><p><a href="https://kites.example">won 👩‍🚒</a> 🇩🇰 :party_kite:</p>',
  ],
  [
    'F14 a fraction, a ruby, a quotation',
    '<p><ruby>東京<rt>とうきょう</rt></ruby> said <q>no</q></p>',
    '<p>東京(とうきょう) said “no”</p>',
  ],
  [
    'F14 seen by nobody',
    '<p>A<span style="position:absolute;width:1px;height:1px;overflow:hidden;clip:rect(0,0,0,0)">x</span><span style="opacity:0">y</span></p><div style="max-height:0;overflow:hidden">z</div><details><summary>B</summary>w</details>',
    '<p>A</p><p>B</p>',
  ],
  [
    'nothing is fetched or run',
    '<p onclick="x()" style="background:url(https://tracker.example/1)">A<img src="https://tracker.example/2" onerror="x()"><video poster="https://tracker.example/3"></video></p><style>@import "https://tracker.example/4";p{background:url(https://tracker.example/5);list-style:url(https://tracker.example/6)}@font-face{font-family:x;src:url(https://tracker.example/7)}</style><link rel=stylesheet href="https://tracker.example/8"><input type=image src="https://tracker.example/9"><svg><image href="https://tracker.example/10"/></svg><base href="https://tracker.example/">',
    '<p>A</p>',
  ],
]

test('what is handed to the editor has numbers, raised and struck words and spans as plain elements, and nothing is fetched', async () => {
  const page = await open()
  const requests: string[] = []
  page.on('request', (request) => requests.push(request.url()))
  const clean = (source: string) =>
    page.evaluate((html) => {
      const { view } = window.editorPage.editors[0] ?? {}
      let found = ''
      view?.someProp('transformPastedHTML', (transform) => {
        found = transform(html, view)
      })
      return found
    }, source)
  for (const [name, html, kept] of cleaned) expect.soft(await clean(html), name).toBe(kept)
  await page.waitForTimeout(100)
  expect(requests).toEqual([])
  await page.close()
})
