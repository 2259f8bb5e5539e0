import type { ReactNode } from 'react'
import type { Embed } from '@/domain/body/blocks/embed'
import type { FactBox } from '@/domain/body/blocks/fact-box'
import type { PullQuote } from '@/domain/body/blocks/pull-quote'
import { tableGrid, isFilled, type Table } from '@/domain/body/blocks/table'
import { inlineText } from '@/domain/body/inline'
import { embedFrame, hostOf, type Provider } from '@/domain/body/embed'
import { renderInline } from './render-inline'

export function PullQuoteFigure({ quote }: { quote: PullQuote }) {
  const by = quote.content.find(({ type, content }) => type === 'attribution' && content.length > 0)
  return (
    <figure className="pull">
      <blockquote>
        {quote.content.map(
          (part) => part.type === 'paragraph' && <p key={part.attrs.id}>{renderInline(part.content)}</p>,
        )}
      </blockquote>
      {by && <figcaption>{renderInline(by.content)}</figcaption>}
    </figure>
  )
}

/** Named by the subheading it begins with, where there is one. */
export function FactBoxAside({ box, children }: { box: FactBox; children: ReactNode }) {
  const [first] = box.content
  const title = first?.type === 'heading' ? inlineText(first.content).trim() : ''
  return (
    <div className="box" role="note" aria-label={title || 'Facts'}>
      {children}
    </div>
  )
}

/** A wide table is moved inside its own box, by touch and, because the box can be focused, by key. */
export function TableRegion({ table }: { table: Table }) {
  const { caption, head, rows } = tableGrid(table)
  const name = inlineText(caption).trim()
  return (
    <div className="wide" role="region" aria-label={name === '' ? 'Table' : `Table: ${name}`} tabIndex={0}>
      <table>
        {name !== '' && <caption>{renderInline(caption)}</caption>}
        {head && (
          <thead>
            <tr>
              {head.map((cell, column) =>
                isFilled(cell) ? (
                  <th key={column} scope="col">
                    {renderInline(cell.content)}
                  </th>
                ) : (
                  <td key={column} />
                ),
              )}
            </tr>
          </thead>
        )}
        <tbody>
          {rows.map((cells, rowIndex) => (
            <tr key={rowIndex}>
              {cells.map((cell, column) => (
                <td key={column}>{cell && renderInline(cell.content)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const contentOfProvider: Record<Provider, string> = {
  YouTube: 'video',
  Vimeo: 'video',
  Dailymotion: 'video',
  Spotify: 'player',
  SoundCloud: 'player',
  OpenStreetMap: 'map',
}

/**
 * A card with a link: nothing is asked of anybody else. Where a script runs and the provider is known, `public/reader.js` offers a button that
 * puts the provider's frame in its place.
 */
export function EmbedCard({ embed }: { embed: Embed }) {
  const { href, title } = embed.attrs
  const framed = embedFrame(href)
  const host = hostOf(href)
  return (
    <figure className="card">
      <p>
        <a href={href}>
          {title || (framed ? `${capitalized(contentOfProvider[framed.provider])} on ${framed.provider}` : host)}
        </a>{' '}
        {(title !== '' || framed) && <span>{host}</span>}
      </p>
      {framed && (
        <button
          type="button"
          hidden
          data-frame={framed.frame}
          data-shape={framed.shape}
          data-title={title || `${framed.provider} ${contentOfProvider[framed.provider]}`}
        >
          Show the {contentOfProvider[framed.provider]} here, from {framed.provider}
        </button>
      )}
    </figure>
  )
}

const capitalized = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)
