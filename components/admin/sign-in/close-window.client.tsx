'use client'
import { useEffect } from 'react'
import { announceSignIn } from './sign-in-broadcast'

/** Tells the other tabs that somebody signed in, and closes the small window that was opened for it. A tab stays: browsers let no page close one. */
export function CloseWindow() {
  useEffect(() => {
    announceSignIn()
    window.close()
  }, [])
  return null
}
