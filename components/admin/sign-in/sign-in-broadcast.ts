/** A message is the id of the person who has signed in; earlier builds send null. */
const SIGNED_IN = 'broadsheet: signed in'
/** The channel carries no data: a message means that the person of this browser has signed out. */
const SIGNED_OUT = 'broadsheet: signed out'

/** Announces a sign-in to this browser's other tabs. */
export const announceSignIn = (userId: number) => announce(SIGNED_IN, userId)

/** @returns removes the listener */
export const onSignIn = (listener: (userId: number | null) => void) =>
  listen(SIGNED_IN, (data) => listener(typeof data === 'number' ? data : null))

export const announceSignOut = () => announce(SIGNED_OUT, null)

/** @returns removes the listener */
export const onSignOut = (listener: () => void) => listen(SIGNED_OUT, listener)

function announce(name: string, data: number | null) {
  if (!isSupported()) return
  const channel = new BroadcastChannel(name)
  channel.postMessage(data)
  channel.close()
}

function listen(name: string, listener: (data: unknown) => void): () => void {
  if (!isSupported()) return () => undefined
  const channel = new BroadcastChannel(name)
  channel.addEventListener('message', ({ data }) => listener(data))
  return () => channel.close()
}

/** Without it, a tab checks the session when it gets the focus, and every few seconds. */
const isSupported = () => typeof BroadcastChannel !== 'undefined'
