import { expect, test } from 'vitest'
import { useEditorPages } from '../editor-page.test-support'
import { pasted } from './pasting.test-support'

const open = useEditorPages()

/** Clipboard HTML of common programs. */
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

test('text pasted from Word, Google Docs, a mail or a page keeps its structure and links, and nothing else', async () => {
  const page = await open()
  for (const [program, { html, reads }] of Object.entries(clipboards)) {
    await pasted(page, { html })
    const blocks = await page.locator('[role=textbox]').evaluate((place) =>
      [...place.children].flatMap((block) => {
        const inner = block.matches('.wide') ? (block.firstElementChild ?? block) : block
        const lines = [...inner.querySelectorAll('p, td, b, h2, h3')].filter((line) => !line.querySelector('p'))
        const parts = lines.length > 0 ? lines.map((line) => line.textContent) : [inner.textContent]
        const text = parts.join(' ').trim()
        return text === '' ? [] : [`${inner.tagName.toLowerCase()} ${text}`]
      }),
    )
    expect.soft(blocks, program).toEqual(reads)
    expect.soft(await page.locator('[role=textbox] strong').allTextContents(), program).toEqual(['bold'])
    expect.soft(await page.locator('[role=textbox] em').allTextContents(), program).toEqual(['slanted'])
    expect
      .soft(await page.locator('[role=textbox] a').getAttribute('href'), program)
      .toBe('https://harbour.example/tides')
    const dressed = '[style*="color"], [style*="mso"], [class*="Mso"], [role=textbox] img[src], script, iframe'
    expect.soft(await page.locator('[role=textbox]').locator(dressed).count(), program).toBe(0)
  }
  await page.close()
})
