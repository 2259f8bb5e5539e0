import { visibleRules, visibleStyles } from './visible-styles'

/** Pasted HTML, laid out where no script runs and nothing is fetched. */
export type InertLayout = {
  /** The element that was laid out. It has only the attributes that decide how it looks. */
  body: HTMLElement
  window: Window
  /** The pasted element, with all its attributes, that an element of the layout is a copy of. */
  sourceOf: (copy: Element) => Element
  remove: () => void
}

/** What is neither shown nor pasted: words of `del` were deleted by a tracked change. */
const NEVER_SHOWN =
  'script, style, title, meta, link, base, xml, template, noscript, noembed, noframes, object, embed, applet, param, source, track, ' +
  'frame, frameset, video, audio, canvas, meter, progress, textarea, input, datalist, del, rp, map, ' +
  'svg title, svg desc, svg defs, svg metadata, svg symbol, svg style, svg script, math annotation, math annotation-xml'

/** Attributes that decide how an element looks and cause no request. */
const KEPT_ATTRIBUTES = new Set(
  'id class hidden popover open dir type start value reversed colspan rowspan role lang align valign nowrap compact'.split(
    ' ',
  ),
)

/**
 * Lays out a parsed document in a sandboxed frame of its own, without scripts. Addresses of pictures, fonts, frames and styles are removed
 * before the frame gets the elements, so a paste causes no request.
 * @param page from `DOMParser`; the elements that are never shown are removed from it
 */
export function layOut(page: Document): InertLayout {
  const styles = [...page.querySelectorAll('style')].map(({ textContent }) => textContent)
  for (const element of page.querySelectorAll(NEVER_SHOWN)) element.remove()
  const copy = page.body.cloneNode(true) as HTMLElement
  const originals = new Map<Element, Element>([[copy, page.body]])
  const sources = page.body.getElementsByTagName('*')
  const copies = [...copy.getElementsByTagName('*')]
  let at = 0
  for (const source of sources) {
    const element = copies[at]
    at += 1
    if (element) originals.set(element, source)
  }
  for (const element of [copy, ...copies]) keepLookOnly(element)
  const frame = document.createElement('iframe')
  frame.setAttribute('sandbox', 'allow-same-origin')
  frame.setAttribute('aria-hidden', 'true')
  frame.tabIndex = -1
  // As wide as needed, so that no line is wrapped.
  frame.style.cssText = 'position:fixed;left:-200000px;top:0;width:100000px;height:100px;border:0;pointer-events:none'
  document.body.append(frame)
  const { contentDocument: inner, contentWindow: window } = frame
  if (!inner || !window) throw new Error('A frame without a document.')
  const sheet = inner.createElement('style')
  sheet.textContent = `${styles.map((css) => visibleRules(css, window)).join('\n')}\n*{text-wrap-mode:nowrap!important}`
  inner.head.append(sheet)
  inner.body.replaceWith(inner.adoptNode(copy))
  return {
    body: copy,
    window,
    sourceOf: (element) => originals.get(element) ?? element,
    remove: () => frame.remove(),
  }
}

function keepLookOnly(element: Element) {
  for (const name of element.getAttributeNames()) {
    if (name === 'style') {
      const kept = visibleStyles(element.getAttribute('style') ?? '')
      if (kept === '') element.removeAttribute('style')
      else element.setAttribute('style', kept)
    } else if (!KEPT_ATTRIBUTES.has(name)) element.removeAttribute(name)
  }
}
