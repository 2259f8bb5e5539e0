import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import '@/app/(reader)/reader.css'
import '@/components/admin/preview/preview.css'
import { paperLanguage } from '@/lib/text-direction'

export const dynamic = 'force-dynamic'
export const metadata: Metadata = { robots: { index: false, follow: false }, icons: '/icon.svg' }
export const viewport: Viewport = { width: 'device-width', initialScale: 1, colorScheme: 'light dark' }

/** A document under /admin with the readers' stylesheets instead of the newsroom's. */
export default function PreviewLayout({ children }: { children: ReactNode }) {
  return (
    <html lang={paperLanguage()}>
      <body>{children}</body>
    </html>
  )
}
