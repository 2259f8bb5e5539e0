'use client'
import { useEffect } from 'react'
import { keepScripts } from './kept-scripts'

/** The page itself comes first: only then the scripts of the others are fetched. Milliseconds. */
const BEGINS_AFTER = 1500

/**
 * Has the browser keep the newsroom's scripts ready (public/newsroom-worker.js): they come while somebody types their password, and a story opens
 * without them.
 */
export function KeepScripts() {
  useEffect(() => {
    const timer = setTimeout(keepScripts, BEGINS_AFTER)
    return () => clearTimeout(timer)
  }, [])
  return null
}
