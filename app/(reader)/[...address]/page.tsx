import { NothingHere } from '@/components/reader/answers'
import { tag } from '@/domain/history/tag'
import { readHouse } from '../house'

type Props = { params: Promise<{ address: string[] }> }

/** Every address that leads nowhere. */
export default async function NoPage({ params }: Props) {
  const { address } = await params
  return <NothingHere house={await readHouse()} tags={[tag.sections]} address={`/${address.join('/')}`} />
}
