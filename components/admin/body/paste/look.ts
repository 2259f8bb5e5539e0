/** How an element's own words look. */
export type Look = {
  display: string
  /** False: neither the element nor anything inside it is seen. */
  shown: boolean
  /** False: its own words are not seen, those of elements inside it may be. */
  visible: boolean
  /** What white space means: one space, or itself, or only its line breaks. */
  whiteSpace: 'collapse' | 'preserve' | 'breaks'
  bold: boolean
  italic: boolean
  struck: boolean
  raised: 'sup' | 'sub' | null
  /** Whether a gap may lie at its edges that the words do not show: padding, margins, boxes in a line. */
  gap: boolean
  /** Pixels. */
  fontSize: number
  float: boolean
  /** Word's: `l0 level1 lfo1` of a paragraph, `Ignore` of a marker. */
  wordList: string
  listStyle: string
}

export const PLAIN: Look = {
  display: 'block',
  shown: true,
  visible: true,
  whiteSpace: 'collapse',
  bold: false,
  italic: false,
  struck: false,
  raised: null,
  gap: false,
  fontSize: 16,
  float: false,
  wordList: '',
  listStyle: '',
}

/** @param parent the look of the element around it */
export function lookOf(element: Element, window: Window, parent: Look): Look {
  const css = window.getComputedStyle(element)
  const { display, position } = css
  const fontSize = Number.parseFloat(css.fontSize) || 0
  const float = css.float !== 'none' && css.float !== ''
  const isInline = display.startsWith('inline') || display === 'contents'
  const isBox = display.startsWith('inline-')
  // CSS: a line through a box does not pass through what floats, is placed or is a box of its own inside it.
  const inherits = !isBox && !float && position !== 'absolute' && position !== 'fixed'
  return {
    display,
    shown: isShown(element, css, fontSize),
    visible: css.visibility === 'visible' || css.visibility === '',
    whiteSpace: whiteSpaceOf(css),
    bold: Number(css.fontWeight) >= 600,
    italic: css.fontStyle.startsWith('italic') || css.fontStyle.startsWith('oblique'),
    struck:
      (inherits && parent.struck) ||
      css.textDecorationLine.includes('line-through') ||
      !/^(?:none)?$/u.test(css.getPropertyValue('--text-line-through').trim()),
    raised: raisedBy(element, css, fontSize, parent) ?? (isInline ? parent.raised : null),
    gap:
      isBox ||
      (isInline &&
        [css.marginLeft, css.marginRight, css.paddingLeft, css.paddingRight].some((one) => !/^0/u.test(one))),
    fontSize,
    float,
    wordList: css.getPropertyValue('--mso-list').trim(),
    listStyle: css.listStyleType,
  }
}

/** Words that only screen readers get, texts before a mail, words without size: nobody sees them. */
function isShown(element: Element, css: CSSStyleDeclaration, fontSize: number): boolean {
  if (css.display === 'none' || fontSize < 0.5 || Number(css.opacity) === 0) return false
  if (css.getPropertyValue('content-visibility') === 'hidden') return false
  if (css.getPropertyValue('--mso-hide').trim() === 'all') return false
  if (css.getPropertyValue('--mso-element').trim().startsWith('comment')) return false
  // A picture without its address has no size.
  if (
    element.localName !== 'img' &&
    css.overflowX !== 'visible' &&
    css.overflowY !== 'visible' &&
    !css.display.startsWith('table')
  ) {
    const sizes = [css.height, css.width, css.maxHeight, css.maxWidth].filter((size) => /^[\d.]+px$/u.test(size))
    if (Math.min(...sizes.map((size) => Number.parseFloat(size))) <= 1) return false
  }
  const isPlaced = css.position === 'absolute' || css.position === 'fixed'
  if (isPlaced && /^rect\((?:0|1)px,? (?:0|1)px,? (?:0|1)px,? (?:0|1)px\)$/u.test(css.clip)) return false
  if (/^inset\((?:50|100)%/u.test(css.clipPath)) return false
  if (isPlaced && [css.left, css.top].some((place) => Number.parseFloat(place) <= FAR_OFF)) return false
  return !(Number.parseFloat(css.textIndent) <= FAR_OFF)
}

/** Pixels to the left or above, where nobody sees it. */
const FAR_OFF = -900

function whiteSpaceOf(css: CSSStyleDeclaration): Look['whiteSpace'] {
  const value = css.getPropertyValue('white-space-collapse') || css.whiteSpace
  if (value === 'preserve-breaks' || value === 'pre-line') return 'breaks'
  return /^(?:preserve|break-spaces|pre)/u.test(value) ? 'preserve' : 'collapse'
}

/** The share of the letters' size from which on a letter counts as raised: less is an adjustment of the line. */
const RAISED_FROM = 0.15

function raisedBy(element: Element, css: CSSStyleDeclaration, fontSize: number, parent: Look): Look['raised'] {
  const name = element.localName
  if (name === 'sup' || name === 'sub') return name
  const word = Number.parseFloat(css.getPropertyValue('--mso-text-raise'))
  if (word) return word > 0 ? 'sup' : 'sub'
  const variant = css.getPropertyValue('font-variant-position')
  if (variant === 'super') return 'sup'
  if (variant === 'sub') return 'sub'
  const [, feature] = /"su([pb])s"(?!\s*(?:0|off))/u.exec(css.fontFeatureSettings) ?? []
  if (feature) return feature === 'p' ? 'sup' : 'sub'
  if (!css.display.startsWith('inline')) return null
  const isSmall = fontSize < parent.fontSize * 0.9
  const { verticalAlign } = css
  if (verticalAlign === 'super' || verticalAlign === 'text-top' || (verticalAlign === 'top' && isSmall)) return 'sup'
  if (verticalAlign === 'sub' || verticalAlign === 'text-bottom' || (verticalAlign === 'bottom' && isSmall))
    return 'sub'
  const length = Number.parseFloat(verticalAlign) * (verticalAlign.endsWith('%') ? fontSize / 100 : 1)
  const moved = isSmall ? movedUp(css) : 0
  const raise = (length || moved) / Math.max(1, fontSize)
  if (raise >= RAISED_FROM) return 'sup'
  return raise <= -RAISED_FROM ? 'sub' : null
}

/** Pixels by which an element in a line is shown higher than it stands. */
function movedUp({ position, bottom, top, transform, translate }: CSSStyleDeclaration): number {
  const placed = position === 'relative' ? Number.parseFloat(bottom) || -Number.parseFloat(top) || 0 : 0
  const [, shift = '0'] = /^matrix\((?:[^,]*,){5}([^)]*)\)$/u.exec(transform) ?? []
  const [, own = '0'] = /^\S+ (-?[\d.]+)px/u.exec(translate) ?? []
  return placed - Number(shift) - Number(own)
}
