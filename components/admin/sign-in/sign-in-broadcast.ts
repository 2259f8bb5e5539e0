/** The channel carries no data: a message means that somebody signed in. */
const CHANNEL = 'broadsheet: signed in'

/** Announces a sign-in to this browser's other tabs. */
export function announceSignIn() {
  if (!isSupported()) return
  const channel = new BroadcastChannel(CHANNEL)
  channel.postMessage(null)
  channel.close()
}

/** @returns removes the listener */
export function onSignIn(listener: () => void): () => void {
  if (!isSupported()) return () => undefined
  const channel = new BroadcastChannel(CHANNEL)
  channel.addEventListener('message', listener)
  return () => channel.close()
}

/** Without it, a tab checks the session when it gets the focus, and every few seconds. */
const isSupported = () => typeof BroadcastChannel !== 'undefined'
