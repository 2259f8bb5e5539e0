import type { ReactNode } from 'react'
import {
  gridOf,
  saysSomething,
  textOfInline,
  type Embed,
  type FactBox,
  type PullQuote,
  type Table,
} from '@/domain/body/body'
import { framedBy, hostOf, type Provider } from '@/domain/body/embed'
import { words } from './words'

export function PullQuoteOf({ quote }: { quote: PullQuote }) {
  const by = quote.content.find(({ type, content }) => type === 'attribution' && content.length > 0)
  return (
    <figure className="pull">
      <blockquote>
        {quote.content.map((part) => part.type === 'paragraph' && <p key={part.attrs.id}>{words(part.content)}</p>)}
      </blockquote>
      {by && <figcaption>{words(by.content)}</figcaption>}
    </figure>
  )
}

/** Named by the subheading it begins with, where there is one. */
export function FactBoxOf({ box, children }: { box: FactBox; children: ReactNode }) {
  const [first] = box.content
  const title = first?.type === 'heading' ? textOfInline(first.content).trim() : ''
  return (
    <div className="box" role="note" aria-label={title || 'Facts'}>
      {children}
    </div>
  )
}

/** A wide table is moved inside its own box, by touch and, because the box can be focused, by key. */
export function TableOf({ table }: { table: Table }) {
  const { caption, head, rows } = gridOf(table)
  const name = textOfInline(caption).trim()
  return (
    <div className="wide" role="region" aria-label={name === '' ? 'Table' : `Table: ${name}`} tabIndex={0}>
      <table>
        {name !== '' && <caption>{words(caption)}</caption>}
        {head && (
          <thead>
            <tr>
              {head.map((cell, place) =>
                saysSomething(cell) ? (
                  <th key={place} scope="col">
                    {words(cell.content)}
                  </th>
                ) : (
                  <td key={place} />
                ),
              )}
            </tr>
          </thead>
        )}
        <tbody>
          {rows.map((cells, line) => (
            <tr key={line}>
              {cells.map((cell, place) => (
                <td key={place}>{cell && words(cell.content)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const things: Record<Provider, string> = {
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
  const framed = framedBy(href)
  const host = hostOf(href)
  return (
    <figure className="card">
      <p>
        <a href={href}>{title || (framed ? `${capital(things[framed.provider])} on ${framed.provider}` : host)}</a>{' '}
        {(title !== '' || framed) && <span>{host}</span>}
      </p>
      {framed && (
        <button
          type="button"
          hidden
          data-frame={framed.frame}
          data-shape={framed.shape}
          data-title={title || `${framed.provider} ${things[framed.provider]}`}
        >
          Show the {things[framed.provider]} here, from {framed.provider}
        </button>
      )}
    </figure>
  )
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)
