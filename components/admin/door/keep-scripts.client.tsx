'use client'
import { useEffect } from 'react'
import { routes } from '@/lib/routes'

/** The page itself comes first: only then the scripts of the others are fetched. Milliseconds. */
const BEGINS_AFTER = 1500

/**
 * Has the browser keep the newsroom's scripts ready (public/newsroom-worker.js): they come while somebody types their password, and a story opens
 * without them. Where browsers keep no workers, as over plain http, the newsroom goes on without.
 */
export function KeepScripts() {
  useEffect(() => {
    const { serviceWorker } = navigator as { serviceWorker?: ServiceWorkerContainer }
    if (!serviceWorker) return
    const timer = setTimeout(() => {
      serviceWorker.register(routes.worker, { scope: routes.admin.desk }).catch(() => undefined)
    }, BEGINS_AFTER)
    return () => clearTimeout(timer)
  }, [])
  return null
}
