import { NotFoundPage } from '@/components/reader/page/status-pages'
import { tag } from '@/domain/history/tag'
import { readSite } from '../site'

type Props = { params: Promise<{ address: string[] }> }

export default async function UnknownAddressPage({ params }: Props) {
  const { address } = await params
  return <NotFoundPage site={await readSite()} tags={[tag.sections]} address={`/${address.join('/')}`} />
}
