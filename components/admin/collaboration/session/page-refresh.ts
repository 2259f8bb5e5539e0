import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { Backoff } from '@/lib/backoff'
import type { DocumentSession } from './document-session'
import type { StoryPageState } from './session-context'

/** The page is refreshed this long after the last change of the story, here or elsewhere, and at most once per interval. Milliseconds. */
const REFRESH_DELAY = 2500
const REFRESH_INTERVAL = 10_000

/** Exponential backoff. Milliseconds. */
const RETRY_DELAY = { first: 1000, last: 15_000 }

/** Refreshes what the server renders around the document, and never navigates away from the document. */
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
      // A refresh without a session would navigate to the sign-in page. The flush detects that first, and the status line shows it.
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
 * Where a refresh of this page fails, or the response comes from another build, Next navigates: to the browser's error page, or to a new page without
 * the caret. So `fetch` is patched for requests of this page: they are retried until the server is available, and a response of another build is
 * replaced by the last one of this build. Links to other pages are not affected.
 * @returns restores `fetch`
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
    // Without a response to repeat, the refresh never completes.
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
    // A server that starts or has no database responds with its error page, which would replace this one.
    if (response !== null && response.status < 500) return response
    await new Promise((resolve) => setTimeout(resolve, backoff.next()))
  }
}
