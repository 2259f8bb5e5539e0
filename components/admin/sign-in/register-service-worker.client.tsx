'use client'
import { useEffect } from 'react'
import { registerServiceWorker } from './service-worker'

/** The page itself comes first: only then the scripts of the others are fetched. Milliseconds. */
const REGISTER_AFTER_MS = 1500

/**
 * Has the browser keep the newsroom's scripts ready (public/newsroom-worker.js): they come while somebody types their password, and a story opens
 * without them.
 */
export function RegisterServiceWorker() {
  useEffect(() => {
    const timer = setTimeout(registerServiceWorker, REGISTER_AFTER_MS)
    return () => clearTimeout(timer)
  }, [])
  return null
}
