'use client'
import { useEffect } from 'react'
import { announceSignOut } from './sign-in-broadcast'

/** Covers the newsroom's pages in this browser's other tabs. */
export function AnnounceSignOut() {
  useEffect(announceSignOut, [])
  return null
}
