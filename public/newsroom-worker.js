// Keeps the newsroom's scripts ready in the browser, so that a story opens without fetching or compiling them (docs/decisions/0016).
// It answers nothing itself: the browser looks among what is kept, and asks the newsroom for what is not there. A browser that
// cannot do that by itself keeps nothing, and goes on as before.

/** Every script of this build, as [address, integrity]. The build writes them here (scripts/admin-chunks.mjs); in development there are none. */
const SCRIPTS = []

const KEPT = 'newsroom-scripts'

self.addEventListener('install', (event) => {
  if (event.addRoutes) event.waitUntil(keep(event))
})

self.addEventListener('activate', (event) => event.waitUntil(dropOthers()))

async function keep(event) {
  await event.addRoutes({ condition: { urlPattern: '/_next/static/chunks/*.js' }, source: { cacheName: KEPT } })
  const kept = await caches.open(KEPT)
  // All of them anew, and as they were built: whatever was put there by others meanwhile is gone with each build. If one comes otherwise, from
  // whoever stands between, none of them is kept.
  await kept.addAll(SCRIPTS.map(([address, integrity]) => new Request(address, { integrity })))
  await self.skipWaiting()
}

/** Takes away what an earlier build had. Its pages that are still open have their scripts. */
async function dropOthers() {
  const kept = await caches.open(KEPT)
  const ours = SCRIPTS.map(([address]) => new URL(address, self.location).href)
  const others = (await kept.keys()).filter(({ url }) => !ours.includes(url))
  await Promise.all(others.map((request) => kept.delete(request)))
}
