import 'server-only'

/** The environment of the renderer, validated by the launcher. */
export const env = {
  get siteUrl() {
    return (process.env.SITE_URL ?? 'http://localhost:3000').replace(/(?<!\/)\/+$/u, '')
  },
  get siteName() {
    return process.env.SITE_NAME || 'Broadsheet'
  },
  /** The id of the running build; empty in development. */
  get build() {
    return process.env.BUILD ?? ''
  },
  /** An IANA time zone, in which readers see times. */
  get timeZone() {
    return process.env.NEWSROOM_TIME_ZONE || 'UTC'
  },
  get sessionSecret() {
    const secret = process.env.SESSION_SECRET
    if (!secret) throw new Error('SESSION_SECRET is not set: `npm start` makes one and keeps it in the data folder.')
    return secret
  },
} as const
