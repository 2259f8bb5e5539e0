import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import { ServiceWorker } from '@/components/admin/layout/service-worker.client'
import { NewsroomHeader } from '@/components/admin/layout/newsroom-header'
import { SignedOutCover } from '@/components/admin/sign-in/signed-out-cover.client'
import { Overdue } from '@/components/admin/schedule/overdue.client'
import { TimeZoneProvider } from '@/components/ui/form/time-zone-context.client'
import { FlashMessage } from '@/components/admin/layout/flash.client'
import { formatCount } from '@/components/admin/desk/saved-lists'
import { countNeedsMe } from '@/domain/desk/queries'
import { COUNT_LIMIT } from '@/domain/desk/list-queries'
import { database } from '@/db/client'
import { countOverdue } from '@/domain/story/settling'
import { can } from '@/domain/user/permission'
import { isDatabaseUnavailable } from '@/lib/database-unavailable'
import { env } from '@/lib/env'
import { FLASH_COOKIE, readFlash } from '@/lib/flash'
import { currentActor, type SignedIn } from '@/lib/session'
// Bundles the error page with every page. In a chunk of its own it is fetched last, and until then no page is interactive.
import './error'
import '@/components/admin/layout/newsroom.css'
import '@/components/ui/form/form-message.css'
import '@/components/admin/schedule/calendar.css'
import '@/components/admin/layout/header.css'
import '@/components/admin/desk/desk.css'
import '@/components/admin/front-page/front-page.css'
import '@/components/admin/collaboration/presence.css'
import '@/components/admin/layout/stage.css'
import '@/components/admin/story/story-form.css'
import '@/components/admin/body/toolbar/toolbar.css'
import '@/components/admin/body/body-text.css'
import '@/components/admin/revision/revisions.css'

export const metadata: Metadata = {
  robots: { index: false, follow: false },
  icons: '/icon.svg',
  other: { google: 'notranslate' },
}
export const viewport: Viewport = { width: 'device-width', initialScale: 1, colorScheme: 'light dark' }

/** The document of all pages under /admin; readers' pages load nothing of it. Each page checks the session itself. */
export default async function NewsroomLayout({ children }: { children: ReactNode }) {
  const { actor, needsMe, overdue } = await headerData()
  return (
    <html lang="en" translate="no" data-site={env.siteUrl} data-build={env.build}>
      <body>
        {actor && <NewsroomHeader actor={actor} siteName={env.siteName} needsMe={needsMe} />}
        {overdue !== null && <Overdue count={overdue} />}
        <FlashMessage message={await readFlash()} cookie={FLASH_COOKIE} />
        <TimeZoneProvider timeZone={env.timeZone}>{children}</TimeZoneProvider>
        {actor && <SignedOutCover userId={actor.id} />}
        <ServiceWorker />
      </body>
    </html>
  )
}

/** The user, the number of stories that need them, and the number of overdue stories, null without the permission to see the history. */
async function headerData(): Promise<{ actor: SignedIn | null; needsMe: string | null; overdue: number | null }> {
  const actor = await orFallback(currentActor(), null)
  if (actor === null) return { actor, needsMe: null, overdue: null }
  const [waiting, overdue] = await Promise.all([
    orFallback(countNeedsMe(actor), 0),
    can(actor, 'history.see') ? orFallback(countOverdue(database()), 0) : null,
  ])
  return { actor, needsMe: waiting === 0 ? null : formatCount(waiting, COUNT_LIMIT), overdue }
}

/** A fallback when the database is unavailable: the page itself responds with 503. */
async function orFallback<Value>(query: Promise<Value>, fallback: Value): Promise<Value> {
  try {
    return await query
  } catch (error) {
    if (isDatabaseUnavailable(error)) return fallback
    throw error
  }
}
