import { routes } from '@/lib/routes'
import type { Site } from './site'

type Props = {
  site: Site
  title: string
  description?: string | null
  address: string
  kind?: 'website' | 'article'
  hidden?: boolean
  /** The page's own RSS feed, beside that of the site. */
  feed?: { title: string; href: string }
  /** The same feed in other formats; the site's, if the page has none of its own. */
  alternates?: { type: string; href: string }[]
}

/** Title, description and links for browsers, search engines and share previews. React hoists them into the head. */
export function Head({
  site,
  title,
  description,
  address,
  kind = 'website',
  hidden = false,
  feed,
  alternates = [],
}: Props) {
  const fullTitle = address === routes.frontPage ? site.siteName : `${title} · ${site.siteName}`
  return (
    <>
      <title>{fullTitle}</title>
      {description && <meta name="description" content={description} />}
      <meta name="robots" content={hidden ? 'noindex' : 'max-image-preview:large'} />
      {!hidden && <link rel="canonical" href={site.siteUrl + address} />}
      <meta property="og:site_name" content={site.siteName} />
      <meta property="og:title" content={title} />
      <meta property="og:type" content={kind} />
      <meta property="og:url" content={site.siteUrl + address} />
      {description && <meta property="og:description" content={description} />}
      <link rel="alternate" type="application/rss+xml" title={site.siteName} href={site.siteUrl + routes.feed} />
      {feed && <link rel="alternate" type="application/rss+xml" title={feed.title} href={site.siteUrl + feed.href} />}
      {alternates.map(({ type, href }) => (
        <link key={href} rel="alternate" type={type} title={feed?.title ?? site.siteName} href={site.siteUrl + href} />
      ))}
      <link rel="icon" href="/icon.svg" type="image/svg+xml" />
    </>
  )
}
