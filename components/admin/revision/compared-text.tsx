import { Fragment, type ReactNode } from 'react'
import { withMarks } from '@/components/reader/render-inline'
import type { Segment, DiffChunk } from '@/domain/body/text-diff'

/** Words with what was removed and added marked: struck out and underlined for the eye, in words for the ear. */
export function ComparedText({ chunks }: { chunks: DiffChunk[] }) {
  let isFirst = true
  return chunks.map(({ change, segments: parts }, index) => {
    const content = <Segments segments={parts} isFirst={isFirst} isChange={change !== 'same'} />
    isFirst = false
    if (change === 'same') return <Fragment key={index}>{content}</Fragment>
    return change === 'added' ? (
      <ins key={index}>
        <ScreenReaderText>added: </ScreenReaderText>
        {content}
        <ScreenReaderText> end of added </ScreenReaderText>
      </ins>
    ) : (
      <del key={index}>
        <ScreenReaderText>removed: </ScreenReaderText>
        {content}
        <ScreenReaderText> end of removed </ScreenReaderText>
      </del>
    )
  })
}

/** Said, not shown. */
const ScreenReaderText = ({ children }: { children: string }) => <span className="visually-hidden">{children}</span>

/** @param isFirst whether the text begins with them: its first line needs no break before it */
export function Segments({
  segments,
  isFirst,
  isChange,
}: {
  segments: Segment[]
  isFirst: boolean
  isChange: boolean
}) {
  return segments.map((part, index) => {
    switch (part.type) {
      case 'text':
        return <Fragment key={index}>{withMarks(part.text, part.marks, renderLink(isChange))}</Fragment>
      case 'hardBreak':
        return (
          <Fragment key={index}>
            {isChange && '↵'}
            <br />
          </Fragment>
        )
      case 'line':
        return (
          <Fragment key={index}>
            {!(isFirst && index === 0) && part.sign !== 'cell' && <br />}
            {'\u2003'.repeat(part.depth - 1) + markers[part.sign]}
          </Fragment>
        )
    }
  })
}

const markers = {
  bulletList: '• ',
  orderedList: '# ',
  quote: '› ',
  continued: '\u2003',
  attribution: '— ',
  rule: '———',
  boxed: '▏',
  title: '▏## ',
  'smaller title': '▏### ',
  caption: '[caption] ',
  row: '| ',
  cell: ' | ',
  embed: '↗ ',
  note: '[correction note] ',
} as const

/** Links lead nowhere here; where one is part of a change, its address is shown, for it may be all that changed. */
const renderLink = (isChange: boolean) => (href: string, children: ReactNode) => (
  <>
    <span className="compared-link">{children}</span>
    {isChange && <span className="small-print"> ({href})</span>}
  </>
)
