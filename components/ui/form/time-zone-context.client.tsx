'use client'
import { createContext, type ReactNode } from 'react'

/** The newsroom's time zone, for what is said to people in a browser, whose own clock may stand elsewhere. */
export const TimeZoneContext = createContext('UTC')

export function TimeZoneProvider({ timeZone, children }: { timeZone: string; children: ReactNode }) {
  return <TimeZoneContext value={timeZone}>{children}</TimeZoneContext>
}
