import type { Page } from '@playwright/test'
import { paste } from '../editor-page.test-support'

/** What the editor holds after a paste, as plain HTML without ids and wrappers. */
export async function pasted(page: Page, data: { html?: string; text?: string }): Promise<string> {
  await page.evaluate(() => {
    const [editor] = window.editorPage.editors
    editor?.commands.clearContent()
    editor?.view.focus()
  })
  await paste(page, data)
  return page.locator('[role=textbox]').evaluate((element) => {
    const copy = element.cloneNode(true) as HTMLElement
    for (const wide of copy.querySelectorAll('.wide')) wide.replaceWith(...wide.childNodes)
    for (const part of copy.querySelectorAll('*')) {
      for (const name of part.getAttributeNames()) {
        if (!['href', 'start', 'type', 'reversed', 'value', 'colspan', 'rowspan'].includes(name))
          part.removeAttribute(name)
      }
    }
    for (const end of copy.querySelectorAll('br:last-child')) if (!end.previousSibling) end.remove()
    return copy.innerHTML.replace(/<p><\/p>$/u, '')
  })
}

/** An item as Word on the web writes it: a list of its own. */
export const wordWeb = (kind: 'ol' | 'ul', level: number, number: number, text: string, id = 1) =>
  `<div class="ListContainerWrapper"><${kind} role="list" start="${number}"><li role="listitem" data-listid="${id}" data-aria-level="${level}" data-aria-posinset="${number}"><p><span>${text}</span><span class="EOP">&nbsp;</span></p></li></${kind}></div>`
