import { expect, test } from 'vitest'
import { useEditorPages } from '../editor-page.test-support'
import { pasted } from './pasting.test-support'

const open = useEditorPages()

const slackItem = (indent: number, start: number, text: string) =>
  `<ol class="p-rich_text_list" data-indent="${indent}" start="${start}"><li data-stringify-indent="${indent}">${text}</li></ol>`
const hidden = 'position:absolute;clip:rect(1px,1px,1px,1px)'
const power =
  '<math><semantics><mrow><msup><mn>10</mn><mrow><mn>6</mn></mrow></msup></mrow><annotation>10^6</annotation></semantics></math>'

/** What is pasted, and what the editor holds. */
const clipboards: Record<string, [html: string, kept: string]> = {
  'Slack’s lists, each level a list': [
    slackItem(0, 1, 'One') + slackItem(1, 1, 'Inner') + slackItem(0, 2, 'Two'),
    '<ol><li><p>One</p><ol><li><p>Inner</p></li></ol></li><li><p>Two</p></li></ol>',
  ],
  'Slack’s paragraphs': [
    '<div>The mayor<span aria-label="&nbsp;" data-stringify-type="paragraph-break"></span>went home</div>',
    '<p>The mayor</p><p>went home</p>',
  ],
  'lists of Quill, all levels in one': [
    '<ol><li data-list="ordered"><span class="ql-ui"></span>One</li><li data-list="bullet" class="ql-indent-1">Inner</li><li data-list="ordered">Two</li></ol>',
    '<ol><li><p>One</p><ul><li><p>Inner</p></li></ul></li><li><p>Two</p></li></ol>',
  ],
  'lists of Quill by class': [
    '<ol><li>One</li><li class="ql-indent-1">Inner</li><li>Two</li></ol>',
    '<ol><li><p>One</p><ol><li><p>Inner</p></li></ol></li><li><p>Two</p></li></ol>',
  ],
  'a formula of KaTeX': [
    `<p>It holds <span class="katex"><span class="katex-mathml">${power}</span><span class="katex-html" aria-hidden="true"><span>10</span><span>6</span></span></span> litres</p>`,
    '<p>It holds 10<sup>6</sup> litres</p>',
  ],
  'a formula of MathJax': [
    `<p>It holds <mjx-container class="MathJax"><mjx-math aria-hidden="true"><mjx-c class="mjx-c31"></mjx-c></mjx-math><mjx-assistive-mml style="${hidden}">${power}</mjx-assistive-mml></mjx-container> litres</p>`,
    '<p>It holds 10<sup>6</sup> litres</p>',
  ],
  'a formula of Wikipedia': [
    `<p>It holds <span class="mwe-math-element"><span style="display:none">${power}</span><img src="https://pictures.example/1.svg" alt="{10^{6}}"></span> litres</p>`,
    '<p>It holds 10<sup>6</sup> litres</p>',
  ],
  'a mixed number': ['<p><math><mn>3</mn><mfrac><mn>1</mn><mn>2</mn></mfrac></math> kites</p>', '<p>3 1⁄2 kites</p>'],
  'a fraction as a factor': [
    '<p><math><mfrac><mrow><mn>1</mn><mo>+</mo><mi>a</mi></mrow><mn>2</mn></mfrac><mi>y</mi></math></p>',
    '<p>((1+a)⁄2)y</p>',
  ],
  roots: [
    '<p><math><msqrt><mn>2</mn></msqrt></math> <math><mi>a</mi><mroot><mn>8</mn><mn>3</mn></mroot></math></p>',
    '<p>√2 a <sup>3</sup>√8</p>',
  ],
  'figures raised by a transform or a feature of the font': [
    '<p>10<span style="display:inline-block;font-size:.7em;transform:translateY(-0.4em)">6</span> 10<span style="font-feature-settings:\'sups\'">6</span></p>',
    '<p>10<sup>6</sup> 10<sup>6</sup></p>',
  ],
  'heads of a table with paragraphs': [
    '<table><tr><th><p>Place</p></th><th><p>Gold</p></th></tr><tr><td>Overley</td><td>16</td></tr></table>',
    '<table><tr><th>Place</th><th>Gold</th></tr><tr><td>Overley</td><td>16</td></tr></table>',
  ],
  'a quotation in a quotation': ['<p>“See” <q>yes, <q>no</q></q></p>', '<p>“See” “yes, ‘no’”</p>'],
  'lines of signs that nobody sees': [
    '<p>&#x2800;</p><p>a</p><h2>&#x3164;</h2><ul><li>&#8203;</li><li>&#x202a;b&#x202c;</li></ul>',
    '<p>a</p><ul><li><p>\u202ab\u202c</p></li></ul>',
  ],
}

test('what other programs write keeps its figures, its levels and its lines', async () => {
  const page = await open()
  for (const [name, [html, kept]] of Object.entries(clipboards))
    expect.soft(await pasted(page, { html }), name).toBe(kept)
  await page.close()
})

test('every end of a line in plain text ends a line', async () => {
  const page = await open()
  for (const end of ['\n', '\r', '\r\n', '\u000b', '\u000c', '\u0085', '\u2028', '\u2029'])
    expect
      .soft(await pasted(page, { text: `the mayor${end}went home` }), JSON.stringify(end))
      .toBe('<p>the mayor</p><p>went home</p>')
  await page.close()
})
