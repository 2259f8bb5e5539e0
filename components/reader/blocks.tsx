import type { ReactNode } from 'react'
import type { Block, BlockType } from '@/domain/body/blocks'
import type { FactBox } from '@/domain/body/blocks/fact-box'
import type { ListItem, OrderedList } from '@/domain/body/blocks/list'
import type { PullQuote } from '@/domain/body/blocks/pull-quote'
import { plainInline } from '@/domain/body/plain-inline'
import type { Correction } from '@/domain/correction/correction'
import { EmbedCard, embedHtml } from './blocks/embed'
import { TableRegion, tableHtml } from './blocks/table'
import { CorrectionNotes } from './corrections'
import { attributeHtml, inlineHtml, noteHtml } from './feeds/feed-html'
import { blockDirection, blockDirectionHtml, directionHtml, inlineAttributes } from './direction'
import { renderInline } from './render-inline'

type Props<B extends Block> = { block: B; notes: Correction[]; timeZone: string }

/** How readers get a block: on a page, and as escaped HTML in a feed. */
type ReaderBlock<B extends Block> = { Page(props: Props<B>): ReactNode; feed(block: B, notes: Correction[]): string }

const readerBlocks: { [T in BlockType]: ReaderBlock<Extract<Block, { type: T }>> } = {
  paragraph: {
    Page: ({ block: { content } }) => <p {...inlineAttributes(content)}>{renderInline(content)}</p>,
    feed: ({ content }) => `<p${directionHtml(content)}>${inlineHtml(content)}</p>`,
  },
  heading: {
    Page: ({ block: { attrs, content } }) => {
      const Heading = attrs.level === 2 ? 'h2' : 'h3'
      return <Heading {...inlineAttributes(content)}>{renderInline(content)}</Heading>
    },
    feed: ({ attrs: { level }, content }) => `<h${level}${directionHtml(content)}>${inlineHtml(content)}</h${level}>`,
  },
  blockquote: {
    Page: ({ block, ...props }) => <blockquote dir={blockDirection(block)}>{parts(block.content, props)}</blockquote>,
    feed: (block) => `<blockquote${blockDirectionHtml(block)}>${partsHtml(block.content)}</blockquote>`,
  },
  bulletList: {
    Page: ({ block, ...props }) => <ul dir={blockDirection(block)}>{items(block.content, props)}</ul>,
    feed: (block) => `<ul${blockDirectionHtml(block)}>${itemsHtml(block.content)}</ul>`,
  },
  orderedList: {
    Page: ({ block, ...props }) => (
      <ol dir={blockDirection(block)} start={block.attrs.start} type={block.attrs.type} reversed={block.attrs.reversed}>
        {items(block.content, props)}
      </ol>
    ),
    feed: (list) => `<ol${blockDirectionHtml(list)}${numberingHtml(list)}>${itemsHtml(list.content)}</ol>`,
  },
  pullQuote: { Page: PullQuoteFigure, feed: pullQuoteHtml },
  factBox: {
    Page: FactBoxAside,
    feed: (block) => `<aside${blockDirectionHtml(block)}>${partsHtml(block.content)}</aside>`,
  },
  table: { Page: TableRegion, feed: tableHtml },
  horizontalRule: { Page: () => <hr />, feed: () => '<hr/>' },
  embed: { Page: EmbedCard, feed: embedHtml },
  correctionNote: {
    Page: ({ block, notes, timeZone }) => (
      <CorrectionNotes corrections={notes.filter(({ id }) => id === block.attrs.correctionId)} timeZone={timeZone} />
    ),
    feed: ({ attrs }, notes) => {
      const note = notes.find(({ id }) => id === attrs.correctionId)
      return note ? noteHtml(note) : ''
    },
  },
}

const readerBlock = ({ type }: Block) => readerBlocks[type] as unknown as ReaderBlock<Block>

export function BlockView({ block, ...props }: Props<Block>): ReactNode {
  const { Page } = readerBlock(block)
  return <Page block={block} {...props} />
}

export const blockHtml = (block: Block, notes: Correction[] = []): string => readerBlock(block).feed(block, notes)

type Context = Omit<Props<Block>, 'block'>

const parts = (blocks: Block[], props: Context) =>
  blocks.map((block) => <BlockView key={block.attrs.id} block={block} {...props} />)

const items = (list: ListItem[], props: Context) =>
  list.map((item, index) => (
    <li key={index} value={item.attrs?.value}>
      {parts(item.content, props)}
    </li>
  ))

const partsHtml = (blocks: Block[]): string => blocks.map((block) => blockHtml(block)).join('')

const itemsHtml = (list: ListItem[]): string =>
  list.map(({ attrs, content }) => `<li${attributeHtml('value', attrs?.value)}>${partsHtml(content)}</li>`).join('')

const numberingHtml = ({ attrs: { start, type, reversed } }: OrderedList) =>
  attributeHtml('start', start) + attributeHtml('type', type) + attributeHtml('reversed', reversed && 'reversed')

function PullQuoteFigure({ block }: Props<PullQuote>) {
  const { content } = block
  const by = content.find((part) => part.type === 'attribution' && part.content.length > 0)
  return (
    <figure className="pull" dir={blockDirection(block)}>
      <blockquote>
        {content.map(
          (part) =>
            part.type === 'paragraph' && (
              <p key={part.attrs.id} {...inlineAttributes(part.content)}>
                {renderInline(part.content)}
              </p>
            ),
        )}
      </blockquote>
      {by && <figcaption {...inlineAttributes(by.content)}>{renderInline(by.content)}</figcaption>}
    </figure>
  )
}

function pullQuoteHtml(block: PullQuote): string {
  const lines = block.content.map((part) =>
    part.type === 'paragraph' ? blockHtml(part) : `<p${directionHtml(part.content)}>— ${inlineHtml(part.content)}</p>`,
  )
  return `<blockquote${blockDirectionHtml(block)}>${lines.join('')}</blockquote>`
}

/** Labelled by the subheading it starts with. */
function FactBoxAside({ block, ...props }: Props<FactBox>) {
  const { content } = block
  const [first] = content
  const title = first?.type === 'heading' ? plainInline(first.content).trim() : ''
  return (
    <div className="box" dir={blockDirection(block)} role="note" aria-label={title || 'Facts'}>
      {parts(content, props)}
    </div>
  )
}
