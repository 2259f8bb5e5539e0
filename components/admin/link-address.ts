/** example.org/page is meant as https://example.org/page, name@example.org as a letter to them; everything else is what it is. */
export function wholeAddress(typed: string): string {
  const address = typed.trim()
  if (/^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$/u.test(address)) return `mailto:${address}`
  return /^[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?#]|$)/u.test(address) ? `https://${address}` : address
}
