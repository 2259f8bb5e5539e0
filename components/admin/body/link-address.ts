import { unwrapLink } from '@/domain/body/link-wrappers'

/** The origins of the site: its public one, and the one that the newsroom was opened at. */
export const ownOrigins = (): string[] =>
  [window.location.origin, document.documentElement.dataset.site ?? ''].filter((origin) => origin !== '')

/** Links to the site's own pages are stored as paths: these are checked for dead links, and stay valid when the domain changes. */
export function toRelativeUrl(address: string, origins: string[]): string {
  const origin = origins.find((own) => address === own || address.startsWith(`${own}/`))
  return origin === undefined ? address : address.slice(origin.length) || '/'
}

/** The address that a link gets: the target of a wrapped link, a path on the site. */
export const toLinkAddress = (address: string, origins: string[]): string => toRelativeUrl(unwrapLink(address), origins)

/** Adds https:// to example.org/page and mailto: to name@example.org; anything else stays. */
export function completeUrl(typed: string): string {
  const address = typed.trim()
  if (/^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$/u.test(address)) return `mailto:${address}`
  return /^[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?#]|$)/u.test(address) ? `https://${address}` : address
}
