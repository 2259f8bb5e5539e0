import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import type { Writing } from './writing-context'

/** The page beside the words (where the story stands, what is missing) follows once somebody pauses, and not more often than this. Milliseconds. */
const PAUSES_FOR = 2500
const FRESH_FOR = 10_000

/** A page that could not be fetched is asked for again after so long, and twice as long each time. Milliseconds. */
const ASKS_AGAIN_AFTER = { first: 1000, last: 15_000 }

/** Keeps what stands beside the words up to date, and never leaves the words for it. */
export function useFreshPage(writing: Writing | null) {
  const router = useRouter()
  useEffect(() => (writing === null ? undefined : stayOnThisPage()), [writing])
  useEffect(() => {
    if (writing === null) return
    let shown = writing.state()
    let freshUntil = 0
    let timer: ReturnType<typeof setTimeout> | undefined
    let isOpen = true
    const ask = async () => {
      freshUntil = Date.now() + FRESH_FOR
      // Whoever is signed out by now would be led to sign in, away from their words: these ask first, and say it beside themselves.
      if (writing.state().kind !== 'saved' || !(await writing.flush()).ok || !isOpen) return
      shown = writing.state()
      router.refresh()
    }
    const look = () => {
      const state = writing.state()
      if (state.kind !== 'saved' || state === shown) return
      shown = state
      clearTimeout(timer)
      timer = setTimeout(() => void ask(), Math.max(PAUSES_FOR, freshUntil - Date.now()))
    }
    const unsubscribe = writing.subscribe(look)
    return () => {
      isOpen = false
      clearTimeout(timer)
      unsubscribe()
    }
  }, [writing, router])
}

/**
 * Next answers a page that it cannot fetch again with a real navigation: a network that goes in that moment would put the browser's own page in the
 * place of the words. So this page, asked for again, waits for the network. Links to others lead away as ever, and ask first.
 * @returns what ends it
 */
function stayOnThisPage(): () => void {
  const ask = window.fetch
  const patient: typeof ask = (input, init) =>
    isThisPage(input, init) ? askUntilAnswered(() => ask(input, init), init?.signal) : ask(input, init)
  window.fetch = patient
  return () => {
    if (window.fetch === patient) window.fetch = ask
  }
}

function isThisPage(input: RequestInfo | URL, init: RequestInit | undefined): boolean {
  if (input instanceof Request || (init?.method ?? 'GET') !== 'GET' || !new Headers(init?.headers).has('rsc'))
    return false
  return new URL(input, location.href).pathname === location.pathname
}

async function askUntilAnswered(
  ask: () => Promise<Response>,
  signal: AbortSignal | null | undefined,
): Promise<Response> {
  for (let after = ASKS_AGAIN_AFTER.first; ; after = Math.min(2 * after, ASKS_AGAIN_AFTER.last)) {
    const response = await ask().catch((error: unknown) => {
      if (signal?.aborted) throw error
      return null
    })
    // A server that starts or has no database answers with a page of its own: that would take this one's place, too.
    if (response !== null && response.status < 500) return response
    await new Promise((resolve) => setTimeout(resolve, after))
  }
}
