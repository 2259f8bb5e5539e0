import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import '@/components/admin/layout/newsroom.css'
import { ServiceWorker } from '@/components/admin/layout/service-worker.client'
import { env } from '@/lib/env'
import { routes } from '@/lib/routes'

export const metadata: Metadata = {
  robots: { index: false, follow: false },
  icons: '/icon.svg',
  other: { google: 'notranslate' },
  referrer: 'same-origin',
}
export const viewport: Viewport = { width: 'device-width', initialScale: 1, colorScheme: 'light dark' }

/** Sign-in and one-time links, rendered for each request. */
export const dynamic = 'force-dynamic'

export default function SignInLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" translate="no">
      <body>
        <main id="main" className="sign-in">
          <p className="site-name">
            <a href={routes.frontPage}>{env.siteName}</a>
          </p>
          <div className="panel stack">{children}</div>
        </main>
        <ServiceWorker />
      </body>
    </html>
  )
}
