import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import { env } from '@/lib/env'
import './admin.css'

export const metadata: Metadata = {
  title: { template: `%s · ${env.siteName} newsroom`, default: `${env.siteName} newsroom` },
  robots: { index: false, follow: false },
}

export const viewport: Viewport = { width: 'device-width', initialScale: 1, colorScheme: 'light dark' }

/** Everything under /admin: its own document, so that nothing of the newsroom travels on readers' pages. */
export default function NewsroomLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  )
}
