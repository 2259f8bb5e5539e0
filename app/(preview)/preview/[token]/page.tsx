import { headers } from 'next/headers'
import { renderPage } from '@/app/admin/render-page'
import { NoPreview, SharedPreview } from '@/components/admin/preview/shared-preview'
import { database } from '@/db/client'
import { previewNames } from '@/domain/taxonomy/naming'
import { openPreview } from '@/domain/preview/opening'
import { listSections } from '@/domain/section/store'
import { env } from '@/lib/env'

type Props = { params: Promise<{ token: string }> }

/** One story for whoever has its link, in the readers' own components: no login, and nothing else of the newsroom. */
export default function SharedPreviewPage({ params }: Props) {
  return renderPage(async () => {
    const { token } = await params
    const opened = await openPreview(token, (await headers()).get('user-agent') ?? '')
    if (opened === null) return <NoPreview />
    const { siteName, siteUrl, timeZone } = env
    const house = { siteName, siteUrl, timeZone, sections: await listSections(database()) }
    const names = await previewNames(database(), opened.copy)
    return <SharedPreview {...{ opened, names, house }} now={new Date()} />
  })
}
