import type { NextConfig } from 'next'

const config: NextConfig = {
  output: 'standalone',
  poweredByHeader: false,
  // The page cache compresses each page once; compressing per request here would be wasted work.
  compress: false,
  // No image optimizer: it had three security advisories in one year, and images will be renditions of our own.
  images: { unoptimized: true },
  // No metadata streamed into the body: reader documents are complete.
  htmlLimitedBots: /.*/,
  // One copy of Yjs in the process, in however many bundles it is used.
  serverExternalPackages: ['yjs', 'y-protocols', 'lib0'],
  // `npm test` checks the types; the first start need not wait for that.
  typescript: { ignoreBuildErrors: true },
  // The front door's limit (server/front-door/request-guard.ts); Next's default of 1 MB is less than a long story with its markup.
  experimental: { inlineCss: true, serverActions: { bodySizeLimit: '8mb' } },
}

export default config
