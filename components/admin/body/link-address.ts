/** Where our own pages are: under the portal's public address, and where the newsroom is open now. */
export const ownOrigins = (): string[] =>
  [window.location.origin, document.documentElement.dataset.site ?? ''].filter((origin) => origin !== '')

/** A link to a page of our own begins with a slash: so it is looked after whether it leads somewhere, and survives another name of the portal. */
export function toRelativeUrl(address: string, origins: string[]): string {
  const origin = origins.find((own) => address === own || address.startsWith(`${own}/`))
  return origin === undefined ? address : address.slice(origin.length) || '/'
}

/** example.org/page is meant as https://example.org/page, name@example.org as a letter to them; everything else is what it is. */
export function completeUrl(typed: string): string {
  const address = typed.trim()
  if (/^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$/u.test(address)) return `mailto:${address}`
  return /^[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?#]|$)/u.test(address) ? `https://${address}` : address
}
