import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import { NewsroomHeader } from '@/components/admin/newsroom-header'
import { Overdue } from '@/components/admin/overdue'
import { Said } from '@/components/admin/said.client'
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
        {actor && <NewsroomHeader actor={actor} siteName={env.siteName} />}
        <Overdue count={overdue} />
        <Said said={await flashed()} cookie={FLASH} />
        {children}
      </body>
    </html>
  )
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
