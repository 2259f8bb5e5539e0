import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import { NewsroomHeader } from '@/components/admin/newsroom-header'
import { Overdue } from '@/components/admin/overdue'
import { Said } from '@/components/admin/said.client'
import { countInWords } from '@/components/admin/saved-lists'
import { countNeedsMe } from '@/domain/story/finding'
import { COUNTED_UP_TO } from '@/domain/story/narrowing'
import { database } from '@/db/client'
import { countOverdue } from '@/domain/story/settling'
import { can } from '@/domain/user/permission'
import type { Actor } from '@/domain/user/user'
import { isDatabaseAway } from '@/lib/database-away'
import { env } from '@/lib/env'
import { FLASH, flashed } from '@/lib/flash'
import { currentActor } from '@/lib/session'
import './admin.css'
import './calendar.css'
import './newsroom.css'
import './story-form.css'
import './versions.css'

export const metadata: Metadata = { robots: { index: false, follow: false }, icons: '/icon.svg' }
export const viewport: Viewport = { width: 'device-width', initialScale: 1, colorScheme: 'light dark' }

/** Everything under /admin: its own document, so that nothing of the newsroom travels on readers' pages. Each page asks for itself who is there. */
export default async function NewsroomLayout({ children }: { children: ReactNode }) {
  const { actor, overdue } = await whoIsThere()
  return (
    <html lang="en">
      <body>
        {actor && <NewsroomHeader actor={actor} siteName={env.siteName} needsMe={await waiting(actor)} />}
        <Overdue count={overdue} />
        <Said said={await flashed()} cookie={FLASH} />
        {children}
      </body>
    </html>
  )
}

/** How many stories wait for this person; nothing is said where the database cannot say. */
async function waiting(actor: Actor): Promise<string | null> {
  try {
    const count = await countNeedsMe(actor)
    return count === 0 ? null : countInWords(count, COUNTED_UP_TO)
  } catch (error) {
    if (isDatabaseAway(error)) return null
    throw error
  }
}

/** Nobody, when the database cannot say: the page below then answers for both. Only those who publish hear what is overdue. */
async function whoIsThere(): Promise<{ actor: Actor | null; overdue: number }> {
  try {
    const actor = await currentActor()
    return { actor, overdue: actor && can(actor, 'history.see') ? await countOverdue(database()) : 0 }
  } catch (error) {
    if (isDatabaseAway(error)) return { actor: null, overdue: 0 }
    throw error
  }
}
