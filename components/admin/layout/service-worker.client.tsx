'use client'
import { useEffect } from 'react'
import { routes } from '@/lib/routes'

/** Loading the page itself comes first. */
const REGISTER_AFTER_MS = 1500

/** Null where the browser has no service workers, as over plain http. */
const serviceWorkers = () => (navigator as { serviceWorker?: ServiceWorkerContainer }).serviceWorker ?? null

/** Registers public/newsroom-worker.js, which caches the newsroom's scripts, so that a story opens without fetching them. Optional: failures are ignored. */
export function ServiceWorker() {
  useEffect(() => {
    const timer = setTimeout(() => {
      serviceWorkers()
        ?.register(routes.serviceWorker, { scope: routes.admin.desk })
        .catch(() => undefined)
    }, REGISTER_AFTER_MS)
    return () => clearTimeout(timer)
  }, [])
  return null
}

/** Caches the scripts of a new build while a page of an older build is still open. */
export function updateServiceWorker() {
  serviceWorkers()
    ?.getRegistration(routes.admin.desk)
    .then((registration) => registration?.update())
    .catch(() => undefined)
}
