import { disallowedPaths } from '@/lib/addresses'
import { env } from '@/lib/env'
import { routes } from '@/lib/routes'

/** Next renders a file of this name at build time otherwise. */
export const dynamic = 'force-dynamic'

export function GET(): Response {
  const lines = [
    'User-agent: *',
    ...disallowedPaths.map((path) => `Disallow: ${path}`),
    '',
    `Sitemap: ${env.siteUrl}${routes.sitemap}`,
    '',
  ]
  return new Response(lines.join('\n'), {
    headers: { 'content-type': 'text/plain; charset=utf-8', 'x-page-tags': 'robots' },
  })
}
