import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { Backoff } from '@/lib/backoff'
import type { StoryPageState, DocumentSession } from './session-context'

/**
 * The page beside the words (where the story stands, what is missing) follows once somebody pauses, here or elsewhere, and not more often than this.
 * Milliseconds.
 */
const REFRESH_DELAY = 2500
const REFRESH_INTERVAL = 10_000

/** A page that could not be fetched is asked for again after so long, and twice as long each time. Milliseconds. */
const RETRY_DELAY = { first: 1000, last: 15_000 }

/** Keeps what stands beside the words up to date, and never leaves the words for it. */
export function usePageRefresh(page: StoryPageState, session: DocumentSession | null) {
  const router = useRouter()
  useEffect(() => (session === null ? undefined : patchPageFetch(() => page.markNewBuild())), [page, session])
  useEffect(() => {
    if (session === null) return
    let lastStatus = session.status()
    let lastRemoteChanges = session.remoteChanges()
    let nextRefreshAt = 0
    let timer: ReturnType<typeof setTimeout> | undefined
    let isOpen = true
    const refresh = async () => {
      nextRefreshAt = Date.now() + REFRESH_INTERVAL
      // Whoever is signed out by now would be led to sign in, away from their words: these ask first, and say it beside themselves.
      if (session.status().kind !== 'saved' || !(await session.flush()).ok || !isOpen) return
      if (isOfAnotherBuild(session.build())) return
      lastStatus = session.status()
      router.refresh()
    }
    const onSessionChange = () => {
      if (isOfAnotherBuild(session.build())) page.markNewBuild()
      const status = session.status()
      const remoteChanges = session.remoteChanges()
      if (status.kind !== 'saved' || (status === lastStatus && remoteChanges === lastRemoteChanges)) return
      lastStatus = status
      lastRemoteChanges = remoteChanges
      clearTimeout(timer)
      timer = setTimeout(() => void refresh(), Math.max(REFRESH_DELAY, nextRefreshAt - Date.now()))
    }
    const unsubscribe = session.subscribe(onSessionChange)
    return () => {
      isOpen = false
      clearTimeout(timer)
      unsubscribe()
    }
  }, [page, session, router])
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
function patchPageFetch(onOtherBuild: () => void): () => void {
  const originalFetch = window.fetch
  let lastResponse: (() => Response) | null = null
  const pageOfThisBuild = async (response: Response): Promise<Response> => {
    const text = await response.clone().text()
    if (!isOfAnotherBuild(/"b":"([^"]+)"/u.exec(text)?.[1])) {
      lastResponse = () => copyOf(response, text)
      return response
    }
    onOtherBuild()
    // Nothing to show it from: then it is not shown anew.
    return lastResponse?.() ?? new Promise<never>(() => undefined)
  }
  const patchedFetch: typeof originalFetch = (input, init) =>
    isPageRequest(input, init)
      ? fetchUntilAvailable(() => originalFetch(input, init), init?.signal).then(pageOfThisBuild)
      : originalFetch(input, init)
  window.fetch = patchedFetch
  return () => {
    if (window.fetch === patchedFetch) window.fetch = originalFetch
  }
}

/** An answer that came before, once more. */
function copyOf({ headers, status, url }: Response, text: string): Response {
  return Object.defineProperty(new Response(text, { headers, status }), 'url', { value: url })
}

function isPageRequest(input: RequestInfo | URL, init: RequestInit | undefined): boolean {
  if (input instanceof Request || (init?.method ?? 'GET') !== 'GET' || !new Headers(init?.headers).has('rsc'))
    return false
  return new URL(input, location.href).pathname === location.pathname
}

async function fetchUntilAvailable(
  request: () => Promise<Response>,
  signal: AbortSignal | null | undefined,
): Promise<Response> {
  for (const backoff = new Backoff(RETRY_DELAY); ;) {
    const response = await request().catch((error: unknown) => {
      if (signal?.aborted) throw error
      return null
    })
    // A server that starts or has no database answers with a page of its own: that would take this one's place, too.
    if (response !== null && response.status < 500) return response
    await new Promise((resolve) => setTimeout(resolve, backoff.next()))
  }
}
