import type { Section } from '@/domain/section/section'

/** What every page knows about the portal it belongs to. */
export type Site = {
  siteName: string
  /** Without a slash at its end. */
  siteUrl: string
  /** An IANA name. */
  timeZone: string
  sections: Section[]
}
