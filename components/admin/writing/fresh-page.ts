import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import type { StoryPage, Writing } from './writing-context'

/**
 * The page beside the words (where the story stands, what is missing) follows once somebody pauses, here or elsewhere, and not more often than this.
 * Milliseconds.
 */
const PAUSES_FOR = 2500
const FRESH_FOR = 10_000

/** A page that could not be fetched is asked for again after so long, and twice as long each time. Milliseconds. */
const ASKS_AGAIN_AFTER = { first: 1000, last: 15_000 }

/** Keeps what stands beside the words up to date, and never leaves the words for it. */
export function useFreshPage(page: StoryPage, writing: Writing | null) {
  const router = useRouter()
  useEffect(() => (writing === null ? undefined : stayOnThisPage(() => page.fallBehind())), [page, writing])
  useEffect(() => {
    if (writing === null) return
    let shown = writing.state()
    let known = writing.elsewhere()
    let freshUntil = 0
    let timer: ReturnType<typeof setTimeout> | undefined
    let isOpen = true
    const ask = async () => {
      freshUntil = Date.now() + FRESH_FOR
      // Whoever is signed out by now would be led to sign in, away from their words: these ask first, and say it beside themselves.
      if (writing.state().kind !== 'saved' || !(await writing.flush()).ok || !isOpen) return
      if (isOfAnotherBuild(writing.build())) return
      shown = writing.state()
      router.refresh()
    }
    const look = () => {
      if (isOfAnotherBuild(writing.build())) page.fallBehind()
      const state = writing.state()
      const elsewhere = writing.elsewhere()
      if (state.kind !== 'saved' || (state === shown && elsewhere === known)) return
      shown = state
      known = elsewhere
      clearTimeout(timer)
      timer = setTimeout(() => void ask(), Math.max(PAUSES_FOR, freshUntil - Date.now()))
    }
    const unsubscribe = writing.subscribe(look)
    return () => {
      isOpen = false
      clearTimeout(timer)
      unsubscribe()
    }
  }, [page, writing, router])
}

const isOfAnotherBuild = (build: string | null | undefined) =>
  Boolean(build) && build !== document.documentElement.dataset.build

/**
 * Next answers a page that it cannot fetch again, or that comes from another build, with a real navigation: the browser's own page, or a fresh one with
 * no caret, would take the place of the words. So this page, asked for again, waits for the network; and where the newsroom was brought up to date
 * meanwhile, it stays as it is. Links to others lead away as ever, and ask first.
 * @param onOtherBuild the newsroom is of another build by now
 * @returns what ends it
 */
function stayOnThisPage(onOtherBuild: () => void): () => void {
  const ask = window.fetch
  let asItIs: (() => Response) | null = null
  const thisPage = async (response: Response): Promise<Response> => {
    const text = await response.clone().text()
    if (!isOfAnotherBuild(/"b":"([^"]+)"/u.exec(text)?.[1])) {
      asItIs = () => sameAs(response, text)
      return response
    }
    onOtherBuild()
    // Nothing to show it from: then it is not shown anew.
    return asItIs?.() ?? new Promise<never>(() => undefined)
  }
  const patient: typeof ask = (input, init) =>
    isThisPage(input, init) ? askUntilAnswered(() => ask(input, init), init?.signal).then(thisPage) : ask(input, init)
  window.fetch = patient
  return () => {
    if (window.fetch === patient) window.fetch = ask
  }
}

/** An answer that came before, once more. */
function sameAs({ headers, status, url }: Response, text: string): Response {
  return Object.defineProperty(new Response(text, { headers, status }), 'url', { value: url })
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
