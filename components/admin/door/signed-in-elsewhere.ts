/** Where tabs of the newsroom hear of each other that somebody signed in. Nothing is told but that. */
const CHANNEL = 'broadsheet: signed in'

/** Tells this browser's other tabs that somebody signed in just now. */
export function tellSignedIn() {
  if (!canHear()) return
  const channel = new BroadcastChannel(CHANNEL)
  channel.postMessage(null)
  channel.close()
}

/** @returns stops hearing */
export function hearSignedIn(tell: () => void): () => void {
  if (!canHear()) return () => undefined
  const channel = new BroadcastChannel(CHANNEL)
  channel.addEventListener('message', tell)
  return () => channel.close()
}

/** In an older browser a tab looks again when somebody comes back to it, and every few seconds. */
const canHear = () => typeof BroadcastChannel !== 'undefined'
