import type { Section } from '@/domain/section/section'

/** What every page needs of the site. */
export type Site = {
  siteName: string
  /** Without a trailing slash. */
  siteUrl: string
  /** An IANA name. */
  timeZone: string
  sections: Section[]
}
