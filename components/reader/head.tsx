import { routes } from '@/lib/routes'
import type { House } from './house'

type Props = {
  house: House
  title: string
  description?: string | null
  address: string
  kind?: 'website' | 'article'
  hidden?: boolean
  /** The page's own feed, beside that of the whole portal. */
  feed?: { title: string; href: string }
  /** The page's own feed in other formats; without one, that of the whole portal. */
  alsoAs?: { type: string; href: string }[]
}

/** What a page says of itself to browsers, search engines and whoever shares it. React lifts it into the head. */
export function Head({
  house,
  title,
  description,
  address,
  kind = 'website',
  hidden = false,
  feed,
  alsoAs = [],
}: Props) {
  const whole = address === routes.frontPage ? house.siteName : `${title} · ${house.siteName}`
  return (
    <>
      <title>{whole}</title>
      {description && <meta name="description" content={description} />}
      <meta name="robots" content={hidden ? 'noindex' : 'max-image-preview:large'} />
      {!hidden && <link rel="canonical" href={house.siteUrl + address} />}
      <meta property="og:site_name" content={house.siteName} />
      <meta property="og:title" content={title} />
      <meta property="og:type" content={kind} />
      <meta property="og:url" content={house.siteUrl + address} />
      {description && <meta property="og:description" content={description} />}
      <link rel="alternate" type="application/rss+xml" title={house.siteName} href={house.siteUrl + routes.feed} />
      {feed && <link rel="alternate" type="application/rss+xml" title={feed.title} href={house.siteUrl + feed.href} />}
      {alsoAs.map(({ type, href }) => (
        <link
          key={href}
          rel="alternate"
          type={type}
          title={feed?.title ?? house.siteName}
          href={house.siteUrl + href}
        />
      ))}
      <link rel="icon" href="/icon.svg" type="image/svg+xml" />
    </>
  )
}
