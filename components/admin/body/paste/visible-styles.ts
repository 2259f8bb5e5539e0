/** The properties that decide which words are seen, as which lines, and what is said by their look. None of them can hold an address. */
const KEPT = new Set(
  (
    'display visibility content-visibility opacity position top left right bottom float clip clip-path overflow-x overflow-y ' +
    'width height max-width max-height margin-left margin-right padding-left padding-right text-indent column-gap ' +
    'white-space white-space-collapse font-size font-weight font-style font-variant-position font-feature-settings vertical-align baseline-shift ' +
    'transform translate ' +
    'text-decoration-line list-style-type'
  ).split(' '),
)

/** Word's own properties become custom ones, which CSS keeps and inherits. */
const asCustomProperties = (css: string) =>
  css.replace(
    /(^|[;{"'\s])(mso-|text-line-through)/giu,
    (_, before: string, name: string) => `${before}--${name.toLowerCase()}`,
  )

const CUSTOM = /^--(?:mso-(?:list|hide|element|text-raise)|text-line-through)$/u

const known = new Map<string, string>()
const MOST_KNOWN = 5000

/** @param css of a `style` attribute @returns the kept properties only */
export function visibleStyles(css: string): string {
  const found = known.get(css)
  if (found !== undefined) return found
  const kept = keptDeclarations(parsed(asCustomProperties(css)))
  if (known.size >= MOST_KNOWN) known.clear()
  known.set(css, kept)
  return kept
}

/** An element of a document without a window fetches nothing. */
let inert: HTMLElement | undefined
function parsed(css: string): CSSStyleDeclaration {
  inert ??= document.implementation.createHTMLDocument('').createElement('i')
  inert.style.cssText = css
  return inert.style
}

function keptDeclarations(style: CSSStyleDeclaration): string {
  const kept: string[] = []
  for (let at = 0; at < style.length; at += 1) {
    const name = style.item(at)
    if (!KEPT.has(name) && !CUSTOM.test(name)) continue
    const value = style.getPropertyValue(name)
    if (/url\s*\(|src\s*\(|image/iu.test(value)) continue
    kept.push(`${name}:${value}${style.getPropertyPriority(name) === '' ? '' : '!important'}`)
  }
  return kept.join(';')
}

/** Characters of a style sheet: what is longer is a web page's, whose browser puts the styles into the elements. */
const MAX_SHEET_LENGTH = 1_000_000

/** @param css of a pasted style sheet @returns its rules with the kept properties only; imports and fonts are dropped */
export function visibleRules(css: string, window: Window): string {
  if (css.length > MAX_SHEET_LENGTH) return ''
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(asCustomProperties(css.replace(/<!--|-->/gu, '')))
  return keptRules(sheet.cssRules, window)
}

function keptRules(rules: CSSRuleList, window: Window): string {
  return [...rules]
    .map((rule) => {
      if (rule instanceof CSSMediaRule)
        return window.matchMedia(rule.conditionText).matches ? keptRules(rule.cssRules, window) : ''
      if (!(rule instanceof CSSStyleRule)) return ''
      const kept = keptDeclarations(rule.style)
      return kept === '' ? '' : `${rule.selectorText}{${kept}}`
    })
    .join('\n')
}
