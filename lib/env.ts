import 'server-only'

/** What the renderer reads from the environment; the launcher has checked it already. */
export const env = {
  get siteUrl() {
    return (process.env.SITE_URL ?? 'http://localhost:3000').replace(/\/+$/u, '')
  },
  get siteName() {
    return process.env.SITE_NAME || 'Broadsheet'
  },
  /** Names the build that runs; the empty one in development. */
  get build() {
    return process.env.BUILD ?? ''
  },
  /** An IANA zone in which the newsroom tells the time to readers. */
  get timeZone() {
    return process.env.NEWSROOM_TIME_ZONE || 'UTC'
  },
  get sessionSecret() {
    const secret = process.env.SESSION_SECRET
    if (!secret) throw new Error('SESSION_SECRET is not set: `npm start` makes one and keeps it in the data folder.')
    return secret
  },
} as const
