/** Where tabs of the newsroom hear of each other that somebody signed in. Nothing is told but that. */
const CHANNEL = 'broadsheet: signed in'

/** Tells this browser's other tabs that somebody signed in just now. */
export function announceSignIn() {
  if (!isSupported()) return
  const channel = new BroadcastChannel(CHANNEL)
  channel.postMessage(null)
  channel.close()
}

/** @returns stops hearing */
export function onSignIn(listener: () => void): () => void {
  if (!isSupported()) return () => undefined
  const channel = new BroadcastChannel(CHANNEL)
  channel.addEventListener('message', listener)
  return () => channel.close()
}

/** In an older browser a tab looks again when somebody comes back to it, and every few seconds. */
const isSupported = () => typeof BroadcastChannel !== 'undefined'
