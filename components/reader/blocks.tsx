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
import { renderInline } from './render-inline'

type Props<B extends Block> = { block: B; notes: Correction[]; timeZone: string }

/** How readers get a block: on a page, and as escaped HTML in a feed. */
type ReaderBlock<B extends Block> = { Page(props: Props<B>): ReactNode; feed(block: B, notes: Correction[]): string }

const readerBlocks: { [T in BlockType]: ReaderBlock<Extract<Block, { type: T }>> } = {
  paragraph: {
    Page: ({ block }) => <p>{renderInline(block.content)}</p>,
    feed: ({ content }) => `<p>${inlineHtml(content)}</p>`,
  },
  heading: {
    Page: ({ block: { attrs, content } }) =>
      attrs.level === 2 ? <h2>{renderInline(content)}</h2> : <h3>{renderInline(content)}</h3>,
    feed: ({ attrs: { level }, content }) => `<h${level}>${inlineHtml(content)}</h${level}>`,
  },
  blockquote: {
    Page: ({ block, ...props }) => <blockquote>{parts(block.content, props)}</blockquote>,
    feed: ({ content }) => `<blockquote>${partsHtml(content)}</blockquote>`,
  },
  bulletList: {
    Page: ({ block, ...props }) => <ul>{items(block.content, props)}</ul>,
    feed: ({ content }) => `<ul>${itemsHtml(content)}</ul>`,
  },
  orderedList: {
    Page: ({ block: { attrs, content }, ...props }) => (
      <ol start={attrs.start} type={attrs.type} reversed={attrs.reversed}>
        {items(content, props)}
      </ol>
    ),
    feed: (list) => `<ol${numberingHtml(list)}>${itemsHtml(list.content)}</ol>`,
  },
  pullQuote: { Page: PullQuoteFigure, feed: pullQuoteHtml },
  factBox: { Page: FactBoxAside, feed: ({ content }) => `<aside>${partsHtml(content)}</aside>` },
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

function PullQuoteFigure({ block: { content } }: Props<PullQuote>) {
  const by = content.find((part) => part.type === 'attribution' && part.content.length > 0)
  return (
    <figure className="pull">
      <blockquote>
        {content.map((part) => part.type === 'paragraph' && <p key={part.attrs.id}>{renderInline(part.content)}</p>)}
      </blockquote>
      {by && <figcaption>{renderInline(by.content)}</figcaption>}
    </figure>
  )
}

function pullQuoteHtml({ content }: PullQuote): string {
  const lines = content.map((part) =>
    part.type === 'paragraph' ? blockHtml(part) : `<p>— ${inlineHtml(part.content)}</p>`,
  )
  return `<blockquote>${lines.join('')}</blockquote>`
}

/** Labelled by the subheading it starts with. */
function FactBoxAside({ block: { content }, ...props }: Props<FactBox>) {
  const [first] = content
  const title = first?.type === 'heading' ? plainInline(first.content).trim() : ''
  return (
    <div className="box" role="note" aria-label={title || 'Facts'}>
      {parts(content, props)}
    </div>
  )
}
