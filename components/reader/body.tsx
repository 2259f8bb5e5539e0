import type { ReactNode } from 'react'
import type { Block } from '@/domain/body/blocks'
import type { CorrectionNote } from '@/domain/body/blocks/correction-note'
import type { ListItem } from '@/domain/body/blocks/list'
import type { Body } from '@/domain/body/body'
import type { Correction } from '@/domain/correction/correction'
import { EmbedCard, FactBoxAside, PullQuoteFigure, TableRegion } from './blocks'
import { CorrectionNotes } from './corrections'
import { renderInline } from './render-inline'

type Props = { body: Body; notes: Correction[]; timeZone: string }

/** A story's body, with the notes that have their place in it. What the database holds is checked again here: an unsafe link is words. */
export function StoryBody({ body, notes, timeZone }: Props) {
  return (
    <div className="story-body">
      {body.content.map((block) =>
        block.type === 'correctionNote' ? (
          <CorrectionNotes
            key={block.attrs.id}
            corrections={notes.filter(({ id }) => id === block.attrs.correctionId)}
            timeZone={timeZone}
          />
        ) : (
          <BlockView key={block.attrs.id} block={block} />
        ),
      )}
    </div>
  )
}

function BlockView({ block }: { block: Exclude<Block, CorrectionNote> }) {
  switch (block.type) {
    case 'paragraph':
      return <p>{renderInline(block.content)}</p>
    case 'heading':
      return block.attrs.level === 2 ? <h2>{renderInline(block.content)}</h2> : <h3>{renderInline(block.content)}</h3>
    case 'blockquote':
      return (
        <blockquote>
          {block.content.map((paragraph) => (
            <p key={paragraph.attrs.id}>{renderInline(paragraph.content)}</p>
          ))}
        </blockquote>
      )
    case 'bulletList':
      return <ul>{items(block.content)}</ul>
    case 'orderedList':
      return <ol>{items(block.content)}</ol>
    case 'pullQuote':
      return <PullQuoteFigure quote={block} />
    case 'horizontalRule':
      return <hr />
    case 'factBox':
      return (
        <FactBoxAside box={block}>
          {block.content.map((part) => (
            <BlockView key={part.attrs.id} block={part} />
          ))}
        </FactBoxAside>
      )
    case 'table':
      return <TableRegion table={block} />
    case 'embed':
      return <EmbedCard embed={block} />
  }
}

function items(list: ListItem[]): ReactNode {
  return list.map((item, index) => (
    <li key={index}>
      {item.content.map((part) => (
        <BlockView key={part.attrs.id} block={part} />
      ))}
    </li>
  ))
}
