import { firstParam } from '../../site'
import { TaxonomyPage } from '../../taxonomy-page'

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<{ before?: string | string[] }> }

export default async function TopicPage({ params, searchParams }: Props) {
  const { slug } = await params
  return <TaxonomyPage kind="topic" slug={slug} before={firstParam((await searchParams).before)} />
}
