import { asked } from '../../house'
import { NamedPage } from '../../named'

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<{ before?: string | string[] }> }

/** What was written about one topic. */
export default async function TopicPage({ params, searchParams }: Props) {
  const { slug } = await params
  return <NamedPage kind="topic" slug={slug} before={asked((await searchParams).before)} />
}
