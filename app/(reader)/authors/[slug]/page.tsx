import { asked } from '../../house'
import { NamedPage } from '../../named'

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<{ before?: string | string[] }> }

/** What one author wrote. */
export default async function AuthorPage({ params, searchParams }: Props) {
  const { slug } = await params
  return <NamedPage kind="author" slug={slug} before={asked((await searchParams).before)} />
}
