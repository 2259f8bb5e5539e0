import type { ReactNode } from 'react'
import type { Block, Body, CorrectionNote, ListItem } from '@/domain/body/body'
import type { Correction } from '@/domain/correction/correction'
import { EmbedCard, FactBoxOf, PullQuoteOf, TableOf } from './blocks'
import { Notes } from './corrections'
import { words } from './words'

type Props = { body: Body; notes: Correction[]; timeZone: string }

/** A story's body, with the notes that have their place in it. What the database holds is checked again here: an unsafe link is words. */
export function StoryBody({ body, notes, timeZone }: Props) {
  return (
    <div className="story-body">
      {body.content.map((block) =>
        block.type === 'correctionNote' ? (
          <Notes
            key={block.attrs.id}
            corrections={notes.filter(({ id }) => id === block.attrs.correctionId)}
            timeZone={timeZone}
          />
        ) : (
          <BlockOf key={block.attrs.id} block={block} />
        ),
      )}
    </div>
  )
}

function BlockOf({ block }: { block: Exclude<Block, CorrectionNote> }) {
  switch (block.type) {
    case 'paragraph':
      return <p>{words(block.content)}</p>
    case 'heading':
      return block.attrs.level === 2 ? <h2>{words(block.content)}</h2> : <h3>{words(block.content)}</h3>
    case 'blockquote':
      return (
        <blockquote>
          {block.content.map((paragraph) => (
            <p key={paragraph.attrs.id}>{words(paragraph.content)}</p>
          ))}
        </blockquote>
      )
    case 'bulletList':
      return <ul>{items(block.content)}</ul>
    case 'orderedList':
      return <ol>{items(block.content)}</ol>
    case 'pullQuote':
      return <PullQuoteOf quote={block} />
    case 'horizontalRule':
      return <hr />
    case 'factBox':
      return (
        <FactBoxOf box={block}>
          {block.content.map((part) => (
            <BlockOf key={part.attrs.id} block={part} />
          ))}
        </FactBoxOf>
      )
    case 'table':
      return <TableOf table={block} />
    case 'embed':
      return <EmbedCard embed={block} />
  }
}

function items(list: ListItem[]): ReactNode {
  return list.map((item, place) => (
    <li key={place}>
      {item.content.map((part) => (
        <BlockOf key={part.attrs.id} block={part} />
      ))}
    </li>
  ))
}
