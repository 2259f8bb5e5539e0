/** Coarse families of user agents: enough to tell a person from a mail scanner, not to identify anybody. */
export const agentFamilies = ['Firefox', 'Edge', 'Chrome', 'Safari', 'a robot', 'another program'] as const
export type AgentFamily = (typeof agentFamilies)[number]

/** Other browsers also name Chrome and Safari in their User-Agent, so those are tried last. */
export function agentFamilyOf(agent: string): AgentFamily {
  const userAgent = agent.slice(0, 1000)
  if (/bot|crawl|spider|scan|preview|fetch|curl|wget|python|headless/iu.test(userAgent)) return 'a robot'
  if (/firefox|fxios/iu.test(userAgent)) return 'Firefox'
  if (/edg(?:e|a|ios)?\//iu.test(userAgent)) return 'Edge'
  if (/chrome|crios/iu.test(userAgent)) return 'Chrome'
  if (/safari/iu.test(userAgent)) return 'Safari'
  return 'another program'
}

/** Days. */
export const linkLifetimes = ['1', '3', '7', '30'] as const

/** What a link shows: the draft as it changes (`latest`), the draft as it is now, or a revision by its number. */
export type PreviewTarget = 'latest' | 'now' | number

/** A link without its token, of which only the hash is stored. */
export type PreviewLink = {
  id: number
  label: string
  /** The number of the revision it shows; null: the latest draft. */
  number: number | null
  createdAt: Date
  createdByName: string
  expiresAt: Date
  revokedAt: Date | null
  /** At most one opening a minute for each agent; `openings` are the last ones. */
  timesOpened: number
  openings: { at: Date; agent: AgentFamily }[]
}

export const isActive = ({ expiresAt, revokedAt }: PreviewLink, now: Date) => revokedAt === null && expiresAt > now
