import { Fragment, type ReactNode } from 'react'
import { withMarks } from '@/components/reader/render-inline'
import { isInlineSign, signText } from '@/domain/body/blocks'
import type { Segment } from '@/domain/body/segments'
import type { DiffChunk } from '@/domain/body/text-diff'

/** Text with <ins> and <del>, announced to screen readers. */
export function ComparedText({ chunks }: { chunks: DiffChunk[] }) {
  let isFirst = true
  return chunks.map(({ change, segments }, index) => {
    const content = <Segments segments={segments} isFirst={isFirst} isChange={change !== 'same'} />
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

const ScreenReaderText = ({ children }: { children: string }) => <span className="visually-hidden">{children}</span>

/** `isFirst`: the first line needs no break before it. */
type SegmentsProps = { segments: Segment[]; isFirst: boolean; isChange: boolean }

export function Segments({ segments, isFirst, isChange }: SegmentsProps) {
  return segments.map((segment, index) => {
    switch (segment.type) {
      case 'text':
        return <Fragment key={index}>{withMarks(segment.text, segment.marks, renderLink(isChange))}</Fragment>
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
            {!(isFirst && index === 0) && !isInlineSign(segment.sign) && <br />}
            {'\u2003'.repeat(segment.depth - 1) + signText(segment.sign)}
          </Fragment>
        )
    }
  })
}

/** Links as text. A change shows the address too: it may be all that changed. */
const renderLink = (isChange: boolean) => (href: string, children: ReactNode) => (
  <>
    <span className="compared-link">{children}</span>
    {isChange && <span className="small-print"> ({href})</span>}
  </>
)
