'use client'
import { useEffect } from 'react'
import { tellSignedIn } from './signed-in-elsewhere'

/** Tells the other tabs that somebody signed in, and closes the small window that was opened for it. A tab stays: browsers let no page close one. */
export function CloseWindow() {
  useEffect(() => {
    tellSignedIn()
    window.close()
  }, [])
  return null
}
