import type { Embed } from '@/domain/body/blocks/embed'
import { embedFrame, hostOf, type Provider } from '@/domain/body/embed'
import { escapeXml } from '../feeds/feed-html'

const contentOfProvider: Record<Provider, string> = {
  YouTube: 'video',
  Vimeo: 'video',
  Dailymotion: 'video',
  Spotify: 'player',
  SoundCloud: 'player',
  OpenStreetMap: 'map',
}

/**
 * A card with a link: the page requests nothing from the provider. For a known provider `public/reader.js` shows a button that replaces the card by the
 * provider's frame.
 */
export function EmbedCard({ block }: { block: Embed }) {
  const { href, title } = block.attrs
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

export const embedHtml = ({ attrs: { href, title } }: Embed): string =>
  `<p><a href="${escapeXml(href)}">${escapeXml(title || hostOf(href))}</a></p>`
