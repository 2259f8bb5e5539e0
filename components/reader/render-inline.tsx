import { Fragment, type ReactNode } from 'react'
import { isSafeLink, markElements, type Inline, type Mark } from '@/domain/body/inline'

/** Links from the database are checked again here: an unsafe one is shown as text. */
export function renderInline(inline: Inline[]): ReactNode {
  return inline.map((part, index) => (
    <Fragment key={index}>{part.type === 'hardBreak' ? <br /> : withMarks(part.text, part.marks)}</Fragment>
  ))
}

const safeLink = (href: string, inside: ReactNode) => (isSafeLink(href) ? <a href={href}>{inside}</a> : inside)

/** @param link renders a link; by default an unsafe one is text */
export function withMarks(text: string, marks: Mark[], link = safeLink): ReactNode {
  return marks.reduce<ReactNode>((inside, mark) => {
    if (mark.type === 'link') return link(mark.attrs.href, inside)
    const Element = markElements[mark.type]
    return <Element>{inside}</Element>
  }, text)
}
