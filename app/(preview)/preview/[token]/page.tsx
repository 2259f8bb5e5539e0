import { headers } from 'next/headers'
import { readSite } from '@/app/(reader)/site'
import { renderPage } from '@/app/admin/render-page'
import { NoPreview, SharedPreview } from '@/components/admin/preview/shared-preview'
import { database } from '@/db/client'
import { openPreview } from '@/domain/preview/opening'
import { previewNames } from '@/domain/taxonomy/naming'

type Props = { params: Promise<{ token: string }> }

/** One story rendered with the readers' components, for anybody with its preview link. */
export default function SharedPreviewPage({ params }: Props) {
  return renderPage(async () => {
    const { token } = await params
    const opened = await openPreview(token, (await headers()).get('user-agent') ?? '')
    if (opened === null) return <NoPreview />
    const site = await readSite()
    const names = await previewNames(database(), opened.copy)
    return <SharedPreview {...{ opened, names, site }} now={new Date()} />
  })
}
