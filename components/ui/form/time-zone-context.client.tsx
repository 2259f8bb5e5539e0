'use client'
import { createContext, type ReactNode } from 'react'

/** The newsroom's time zone, for messages rendered in browsers, which may have another one. */
export const TimeZoneContext = createContext('UTC')

export function TimeZoneProvider({ timeZone, children }: { timeZone: string; children: ReactNode }) {
  return <TimeZoneContext value={timeZone}>{children}</TimeZoneContext>
}
