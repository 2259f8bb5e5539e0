const EMOJI =
  /^(?=.*(?:\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3))(?:\p{Extended_Pictographic}|\p{Emoji_Component}|\u20e3|\ufe0e|\ufe0f|\u200d|\s)+$/u

const SHORT_NAME = /^:[\w+-]{1,60}:$/u

/** Attributes in which programs write the sign itself: Gmail, X, WordPress, Facebook, WhatsApp, Teams, Slack. */
const SAYING = ['data-emoji', 'alt', 'data-plain-text', 'data-stringify-emoji', 'aria-label', 'title', 'data-name']

/**
 * The emoji that a picture stands for, or its name between colons where nothing says the sign.
 * @returns null for any other picture
 */
export function emojiOf(picture: Element): string | null {
  const said = SAYING.map((name) => (picture.getAttribute(name) ?? '').trim())
  const sign = said.find((text) => text.length <= 80 && EMOJI.test(text))
  if (sign !== undefined) return sign
  const name = said.find((text) => SHORT_NAME.test(text))
  const isNamedEmoji =
    name !== undefined || /emoji/iu.test(`${picture.className} ${picture.getAttribute('itemtype') ?? ''}`)
  if (!isNamedEmoji) return null
  return emojiFromCodes(picture.getAttribute('itemid') ?? '') ?? emojiFromCodes(fileName(picture)) ?? name ?? null
}

function fileName(picture: Element): string {
  const [path = ''] = (picture.getAttribute('src') ?? '').split(/[?#]/u)
  return path.slice(path.lastIndexOf('/') + 1)
}

/** Pictures of emoji are named by their code points: 1f1e9-1f1f0.png. */
function emojiFromCodes(name: string): string | null {
  const [codes] =
    /^(?:u|emoji_u)?[\da-f]{2,6}(?:[-_](?:[\da-f]{4,6}|[\da-f]{2}(?=[-_.])))*(?=[._]|$)/iu.exec(name) ?? []
  if (codes === undefined) return null
  const points = codes
    .replace(/^(?:emoji_u|u)/iu, '')
    .split(/[-_]/u)
    .map((code) => Number.parseInt(code, 16))
  if (points.some((point) => point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff))) return null
  const sign = String.fromCodePoint(...points)
  return EMOJI.test(sign) ? sign : null
}
