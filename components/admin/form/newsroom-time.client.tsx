'use client'
import { createContext, type ReactNode } from 'react'

/** The newsroom's time zone, for what is said to people in a browser, whose own clock may stand elsewhere. */
export const NewsroomTimeZone = createContext('UTC')

export function NewsroomTime({ timeZone, children }: { timeZone: string; children: ReactNode }) {
  return <NewsroomTimeZone value={timeZone}>{children}</NewsroomTimeZone>
}
