import { Fragment, type ReactNode } from 'react'
import { marked } from '@/components/reader/words'
import type { Part, Piece } from '@/domain/body/word-comparison'

/** Words with what was removed and added marked: struck out and underlined for the eye, in words for the ear. */
export function ComparedWords({ pieces }: { pieces: Piece[] }) {
  let isFirst = true
  return pieces.map(({ change, parts }, place) => {
    const shown = <PartsOf parts={parts} isFirst={isFirst} isChange={change !== 'same'} />
    isFirst = false
    if (change === 'same') return <Fragment key={place}>{shown}</Fragment>
    return change === 'added' ? (
      <ins key={place}>
        <Aside>added: </Aside>
        {shown}
        <Aside> end of added </Aside>
      </ins>
    ) : (
      <del key={place}>
        <Aside>removed: </Aside>
        {shown}
        <Aside> end of removed </Aside>
      </del>
    )
  })
}

/** Said, not shown. */
const Aside = ({ children }: { children: string }) => <span className="visually-hidden">{children}</span>

/** @param isFirst whether the text begins with them: its first line needs no break before it */
export function PartsOf({ parts, isFirst, isChange }: { parts: Part[]; isFirst: boolean; isChange: boolean }) {
  return parts.map((part, place) => {
    switch (part.type) {
      case 'text':
        return <Fragment key={place}>{marked(part.text, part.marks, linkIn(isChange))}</Fragment>
      case 'hardBreak':
        return (
          <Fragment key={place}>
            {isChange && '↵'}
            <br />
          </Fragment>
        )
      case 'line':
        return (
          <Fragment key={place}>
            {!(isFirst && place === 0) && part.sign !== 'cell' && <br />}
            {'\u2003'.repeat(part.depth - 1) + signs[part.sign]}
          </Fragment>
        )
    }
  })
}

const signs = {
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
const linkIn = (isChange: boolean) => (href: string, inside: ReactNode) => (
  <>
    <span className="compared-link">{inside}</span>
    {isChange && <span className="small-print"> ({href})</span>}
  </>
)
