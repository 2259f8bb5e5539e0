/** Programs that read pages, coarsely: enough to tell a person from a mail scanner, not to know anybody again. */
export const agentFamilies = ['Firefox', 'Edge', 'Chrome', 'Safari', 'a robot', 'another program'] as const
export type AgentFamily = (typeof agentFamilies)[number]

/** The family of a program, by what it says of itself. Others name themselves after Chrome and Safari, so those come last. */
export function agentFamilyOf(agent: string): AgentFamily {
  const userAgent = agent.slice(0, 1000)
  if (/bot|crawl|spider|scan|preview|fetch|curl|wget|python|headless/iu.test(userAgent)) return 'a robot'
  if (/firefox|fxios/iu.test(userAgent)) return 'Firefox'
  if (/edg(?:e|a|ios)?\//iu.test(userAgent)) return 'Edge'
  if (/chrome|crios/iu.test(userAgent)) return 'Chrome'
  if (/safari/iu.test(userAgent)) return 'Safari'
  return 'another program'
}

/** How long a link may be used, in days. */
export const linkLifetimes = ['1', '3', '7', '30'] as const

/** What of a story a link shows: the draft as it is when somebody looks, the draft as it is now, or a revision by its number. */
export type PreviewTarget = 'latest' | 'now' | number

/** A link as the newsroom lists it. Its token is known to nobody but those it was given to. */
export type PreviewLink = {
  id: number
  label: string
  /** The number of the revision it shows; null: the latest draft. */
  number: number | null
  createdAt: Date
  createdByName: string
  expiresAt: Date
  revokedAt: Date | null
  /** How often it was opened (a minute counts once for each program), and the last of it. */
  timesOpened: number
  openings: { at: Date; agent: AgentFamily }[]
}

/** Does it still show anything? */
export const isActive = ({ expiresAt, revokedAt }: PreviewLink, now: Date) => revokedAt === null && expiresAt > now
