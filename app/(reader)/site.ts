import { cache } from 'react'
import { env } from '@/lib/env'
import type { Site } from '@/components/reader/page/site'
import { readSections } from '@/reading/sections'

/** Loaded once per request. */
export const readSite = cache(async (): Promise<Site> => ({
  siteName: env.siteName,
  siteUrl: env.siteUrl,
  timeZone: env.timeZone,
  sections: await readSections(),
}))

export type ListProps = { searchParams: Promise<{ before?: string | string[] }> }

/** The cursor of the requested page of a list; null: the newest. */
export const requestedCursor = async (searchParams: ListProps['searchParams']) =>
  firstParam((await searchParams).before)

/** A query parameter, or null; the first of several. */
export function firstParam(value: string | string[] | undefined): string | null {
  const first = Array.isArray(value) ? value[0] : value
  return first === undefined || first === '' ? null : first
}
