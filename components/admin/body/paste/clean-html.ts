import { embedFrame } from '@/domain/body/embed'
import { toLinkAddress } from '../link-address'
import { BlockWriter } from './block-writer'
import { layOut } from './inert-layout'
import { removeEmptyLists } from './list-writer'
import { LayoutReader } from './read-layout'

/**
 * Converts pasted HTML to elements of the editor's schema: it is laid out where nothing runs and nothing is fetched, and what is seen there is
 * written anew. Words that nobody would see, styles, scripts and pictures go; an emoji that is a picture becomes text.
 * @param origins the site's own: links to them become paths
 */
export function cleanPastedHtml(html: string, origins: string[]): string {
  const page = new DOMParser().parseFromString(html, 'text/html')
  for (const frame of page.querySelectorAll('iframe')) convertFrame(frame)
  if (isOwnCopy(page)) {
    for (const link of page.querySelectorAll('a'))
      link.setAttribute('href', toLinkAddress(link.getAttribute('href') ?? '', origins))
    return page.body.innerHTML
  }
  const layout = layOut(page)
  try {
    const written = document.implementation.createHTMLDocument('').body
    const linkTarget = (href: string) => (href === '' || href.startsWith('#') ? null : toLinkAddress(href, origins))
    new LayoutReader(layout, new BlockWriter(written), linkTarget).readBody()
    removeEmptyLists(written)
    return written.innerHTML
  } finally {
    layout.remove()
  }
}

/** What this editor copied has its elements and no styles: it stays as it is, with where the selection began and ended. */
function isOwnCopy(page: Document): boolean {
  if (!page.querySelector('[data-pm-slice]')) return false
  const own =
    'p, h2, h3, ul, ol, li, blockquote, hr, br, strong, em, s, sup, sub, a, table, tbody, caption, tr, td, th, ' +
    'figure.pull, figure.card, figcaption, figure.card > b, figure.card > span, aside, aside > b, aside > span, div.box, div.wide, meta'
  return [...page.body.querySelectorAll('*')].every((element) => element.matches(own) && !element.hasAttribute('style'))
}

function convertFrame(frame: HTMLIFrameElement) {
  const href = frame.getAttribute('src') ?? ''
  if (embedFrame(href) === null) return frame.remove()
  const figure = frame.ownerDocument.createElement('figure')
  figure.setAttribute('data-href', href)
  figure.setAttribute('data-title', frame.title)
  frame.replaceWith(figure)
}
