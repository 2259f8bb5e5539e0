'use client'
import { useEffect } from 'react'
import { announceSignIn } from './sign-in-broadcast'

/** Announces the sign-in to the other tabs and closes the sign-in window. Browsers do not let a page close a tab. */
export function CloseWindow({ userId }: { userId: number }) {
  useEffect(() => {
    announceSignIn(userId)
    window.close()
  }, [userId])
  return null
}
