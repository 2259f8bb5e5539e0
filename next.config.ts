import type { NextConfig } from 'next'

const config: NextConfig = {
  output: 'standalone',
  poweredByHeader: false,
  // The front door compresses once and remembers; doing it per request here would be work thrown away.
  compress: false,
  // Reader documents are complete when they arrive: no metadata streamed into the body afterwards.
  htmlLimitedBots: /.*/,
  // `npm test` checks the types; a sysadmin's first start need not wait for it.
  typescript: { ignoreBuildErrors: true },
  experimental: {
    inlineCss: true,
    // A story of a million characters travels whole; the front door refuses what is larger (server/front-door/careful.ts).
    serverActions: { bodySizeLimit: '8mb' },
  },
}

export default config
