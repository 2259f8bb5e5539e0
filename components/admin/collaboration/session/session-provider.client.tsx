'use client'
import { useLayoutEffect, useState, type ReactNode } from 'react'
import { FormDocumentContext } from '@/components/ui/form/form-document'
import { routes } from '@/lib/routes'
import { withProtocolVersion } from '@/domain/collaboration/protocol'
import { openDocumentSession } from './document-session'
import { usePageRefresh } from './page-refresh'
import { prefetchDocument } from './prefetch'
import { StoryPageState, StoryPageContext, useDocumentSession } from './session-context'
import { formDocumentOf } from './submit-after-sync'
import { SyncStatusAnnouncer } from './sync-status.client'

type Props = { storyId: number; userId: number; deviceKey: string; children: ReactNode }

/** The preload starts before any script runs, and only where scripts run. */
const WITH_SCRIPT = '(scripting: enabled)'

const IN_BROWSER = typeof window !== 'undefined'

/** Opens the shared document of a story for everything on its page. Without script, and until it is open, the page is an ordinary form. */
export function StorySessionProvider({ storyId, userId, deviceKey, children }: Props) {
  const address = routes.admin.storyDocument(storyId)
  const [page] = useState(() => new StoryPageState(IN_BROWSER ? prefetchDocument(address) : null))
  const [formDocument] = useState(() => formDocumentOf(page))
  useOpenSession({ storyId, userId, deviceKey, address }, page)
  usePageRefresh(page, useDocumentSession(page))
  return (
    <StoryPageContext value={page}>
      <link rel="preload" as="fetch" crossOrigin="anonymous" media={WITH_SCRIPT} href={withProtocolVersion(address)} />
      <SyncStatusAnnouncer />
      <FormDocumentContext value={formDocument}>{children}</FormDocumentContext>
    </StoryPageContext>
  )
}

type SessionTarget = { storyId: number; userId: number; deviceKey: string; address: string }

/** A layout effect, so that a document whose prefetch has completed is open in the first paint with script. */
function useOpenSession({ storyId, userId, deviceKey, address }: SessionTarget, page: StoryPageState) {
  useLayoutEffect(() => {
    const unmounted = new AbortController()
    const open = async () => {
      const session = await openDocumentSession(
        { storyId, userId, deviceKey, address, signal: unmounted.signal },
        page.takePrefetch(),
      )
      if (session === null) return
      if (unmounted.signal.aborted) return session.close()
      unmounted.signal.addEventListener('abort', () => session.close(), { once: true })
      await page.early.catchUp(session)
      if (!unmounted.signal.aborted) page.setSession(session)
    }
    void open()
    return () => {
      unmounted.abort()
      page.early.opened = null
      page.setSession(null)
    }
  }, [storyId, userId, deviceKey, address, page])
}
