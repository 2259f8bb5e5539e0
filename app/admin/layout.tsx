import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import { NewsroomHeader } from '@/components/admin/newsroom-header'
import { Said } from '@/components/admin/said.client'
import { countInWords } from '@/components/admin/saved-lists'
import { countNeedsMe } from '@/domain/story/finding'
import { COUNTED_UP_TO } from '@/domain/story/narrowing'
import type { Actor } from '@/domain/user/user'
import { isDatabaseAway } from '@/lib/database-away'
import { env } from '@/lib/env'
import { FLASH, flashed } from '@/lib/flash'
import { currentActor } from '@/lib/session'
import './admin.css'
import './newsroom.css'
import './story-form.css'
import './versions.css'

export const metadata: Metadata = { robots: { index: false, follow: false }, icons: '/icon.svg' }
export const viewport: Viewport = { width: 'device-width', initialScale: 1, colorScheme: 'light dark' }

/** Everything under /admin: its own document, so that nothing of the newsroom travels on readers' pages. Each page asks for itself who is there. */
export default async function NewsroomLayout({ children }: { children: ReactNode }) {
  const actor = await whoIsThere()
  return (
    <html lang="en">
      <body>
        {actor && <NewsroomHeader actor={actor} siteName={env.siteName} needsMe={await waiting(actor)} />}
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

/** Nobody, when the database cannot say: the page below then answers for both. */
async function whoIsThere(): Promise<Actor | null> {
  try {
    return await currentActor()
  } catch (error) {
    if (isDatabaseAway(error)) return null
    throw error
  }
}
