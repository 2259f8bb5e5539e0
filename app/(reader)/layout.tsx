import type { Viewport } from 'next'
import type { ReactNode } from 'react'
import './reader.css'
import { paperLanguage } from '@/lib/text-direction'

/** Rendered per request: the build needs no database. */
export const dynamic = 'force-dynamic'

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fdfcf9' },
    { media: '(prefers-color-scheme: dark)', color: '#141413' },
  ],
}

/** Browsers with speculation rules prefetch links near the pointer. */
const speculation = JSON.stringify({
  prefetch: [
    {
      where: {
        and: [{ href_matches: '/*' }, { not: { href_matches: '/(admin|sign-in|sign-out|setup|welcome|api)*' } }],
      },
      eagerness: 'moderate',
    },
  ],
})

export default function ReaderLayout({ children }: { children: ReactNode }) {
  return (
    <html lang={paperLanguage()}>
      <head>
        <script type="speculationrules" dangerouslySetInnerHTML={{ __html: speculation }} />
        <script src="/reader.js" defer />
      </head>
      <body>{children}</body>
    </html>
  )
}
