import type { NextConfig } from 'next'

const config: NextConfig = {
  output: 'standalone',
  poweredByHeader: false,
  // The front door compresses once and remembers; doing it per request here would be work thrown away.
  compress: false,
  // Pictures will be our own renditions: Next's optimizer stays shut (three advisories in one year).
  images: { unoptimized: true },
  // Reader documents are complete when they arrive: no metadata streamed into the body afterwards.
  htmlLimitedBots: /.*/,
  // One copy of Yjs in the process, however often Next bundles what uses it.
  serverExternalPackages: ['yjs', 'y-protocols', 'lib0'],
  // `npm test` checks the types; a sysadmin's first start need not wait for it.
  typescript: { ignoreBuildErrors: true },
  // As much as the front door lets in (server/front-door/request-guard.ts): Next's own limit of 1 MB is less than a long story with its markup.
  experimental: { inlineCss: true, serverActions: { bodySizeLimit: '8mb' } },
}

export default config
