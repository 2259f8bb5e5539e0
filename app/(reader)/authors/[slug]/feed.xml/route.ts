import { namedFeed } from '../../../named'

export const dynamic = 'force-dynamic'

type Props = { params: Promise<{ slug: string }> }

export async function GET(_request: Request, { params }: Props): Promise<Response> {
  return namedFeed('author', (await params).slug, 'feed.xml')
}
