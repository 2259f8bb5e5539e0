import { correctionNames, type Correction } from '@/domain/correction/correction'
import { isSafeLink, markElements, type Inline, type Mark } from '@/domain/body/inline'

/** A correction as HTML for feeds. */
export const noteHtml = ({ kind, words }: Correction) =>
  `<p><strong>${correctionNames[kind].label}:</strong> <bdi>${escapeXml(words).replace(/\n+/gu, '<br/>')}</bdi></p>`

/** Text with marks and breaks as HTML for feeds. */
export function inlineHtml(inline: Inline[]): string {
  return inline
    .map((part) => (part.type === 'hardBreak' ? '<br/>' : part.marks.reduce(markHtml, escapeXml(part.text))))
    .join('')
}

function markHtml(inside: string, mark: Mark): string {
  if (mark.type === 'link')
    return isSafeLink(mark.attrs.href) ? `<a href="${escapeXml(mark.attrs.href)}">${inside}</a>` : inside
  const element = markElements[mark.type]
  return `<${element}>${inside}</${element}>`
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#x27;' }

/** Text for XML 1.0: markup escaped; control characters and lone surrogates, which XML cannot hold, dropped. */
export function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/gu, '')
    .replace(/[&<>"']/gu, (sign) => entities[sign] ?? sign)
}

/** Plain text as HTML, for what a feed reader takes for HTML: descriptions in RSS (RSS Advisory Board profile, "description"). */
export const textAsHtml = (text: string) => text.replace(/[&<>]/gu, (sign) => entities[sign] ?? sign)

/** An attribute with its value; nothing where there is none. */
export const attributeHtml = (name: string, value: string | number | undefined) =>
  value === undefined ? '' : ` ${name}="${escapeXml(String(value))}"`
