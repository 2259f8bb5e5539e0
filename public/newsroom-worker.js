// Service worker that caches the newsroom's scripts, so that a story opens without downloading or compiling them (docs/decisions/0016).
// It handles no request itself: a static route lets the browser read from the cache, and fetch what is not there. A browser without
// static routes (`addRoutes`) caches nothing.

/** Every script of this build, as [address, integrity], filled in by scripts/admin-chunks.mjs; empty in development. */
const SCRIPTS = []

const CACHE = 'newsroom-scripts'

self.addEventListener('install', (event) => {
  if (event.addRoutes) event.waitUntil(precache(event))
})

self.addEventListener('activate', (event) => event.waitUntil(deleteOutdated()))

async function precache(event) {
  await event.addRoutes({ condition: { urlPattern: '/_next/static/chunks/*.js' }, source: { cacheName: CACHE } })
  const cache = await caches.open(CACHE)
  // Each build downloads all of them again and checks their integrity. If one of them differs, none is cached.
  await cache.addAll(SCRIPTS.map(([address, integrity]) => new Request(address, { integrity })))
  await self.skipWaiting()
}

/** Deletes the scripts of earlier builds. Their pages that are still open have loaded them. */
async function deleteOutdated() {
  const cache = await caches.open(CACHE)
  const current = SCRIPTS.map(([address]) => new URL(address, self.location).href)
  const outdated = (await cache.keys()).filter(({ url }) => !current.includes(url))
  await Promise.all(outdated.map((request) => cache.delete(request)))
}
