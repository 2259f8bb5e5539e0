import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import { KeepScripts } from '@/components/admin/door/keep-scripts.client'
import { NewsroomHeader } from '@/components/admin/newsroom-header'
import { Overdue } from '@/components/admin/schedule/overdue.client'
import { NewsroomTime } from '@/components/admin/form/newsroom-time.client'
import { Said } from '@/components/admin/form/said.client'
import { countInWords } from '@/components/admin/desk/saved-lists'
import { countNeedsMe } from '@/domain/desk/finding'
import { COUNTED_UP_TO } from '@/domain/desk/narrowing'
import { database } from '@/db/client'
import { countOverdue } from '@/domain/schedule/settling'
import { can } from '@/domain/user/permission'
import type { Actor } from '@/domain/user/user'
import { isDatabaseAway } from '@/lib/database-away'
import { env } from '@/lib/env'
import { FLASH, flashed } from '@/lib/flash'
import { currentActor } from '@/lib/session'
// In the script that every page has. In one of its own, it is fetched after all others have run, and until then nothing on a page works.
import './error'
import './admin.css'
import './calendar.css'
import './bar.css'
import './desk.css'
import './on-its-way.css'
import './presence.css'
import './story-form.css'
import './toolbar.css'
import './body-text.css'
import './versions.css'

export const metadata: Metadata = { robots: { index: false, follow: false }, icons: '/icon.svg' }
export const viewport: Viewport = { width: 'device-width', initialScale: 1, colorScheme: 'light dark' }

/** Everything under /admin: its own document, so that nothing of the newsroom travels on readers' pages. Each page asks for itself who is there. */
export default async function NewsroomLayout({ children }: { children: ReactNode }) {
  const { actor, needsMe, overdue } = await whoIsThere()
  return (
    <html lang="en" data-site={env.siteUrl} data-build={env.build}>
      <body>
        {actor && <NewsroomHeader actor={actor} siteName={env.siteName} needsMe={needsMe} />}
        {overdue !== null && <Overdue count={overdue} />}
        <Said said={await flashed()} cookie={FLASH} />
        <NewsroomTime timeZone={env.timeZone}>{children}</NewsroomTime>
        <KeepScripts />
      </body>
    </html>
  )
}

/** Who is there, how many stories wait for them, and how many are overdue: null for those who do not see the history. */
async function whoIsThere(): Promise<{ actor: Actor | null; needsMe: string | null; overdue: number | null }> {
  const actor = await unlessAway(currentActor(), null)
  if (actor === null) return { actor, needsMe: null, overdue: null }
  const [waiting, overdue] = await Promise.all([
    unlessAway(countNeedsMe(actor), 0),
    can(actor, 'history.see') ? unlessAway(countOverdue(database()), 0) : null,
  ])
  return { actor, needsMe: waiting === 0 ? null : countInWords(waiting, COUNTED_UP_TO), overdue }
}

/** Where the database cannot say, nothing is said here: the page below answers for both. */
async function unlessAway<Value>(asked: Promise<Value>, otherwise: Value): Promise<Value> {
  try {
    return await asked
  } catch (error) {
    if (isDatabaseAway(error)) return otherwise
    throw error
  }
}
