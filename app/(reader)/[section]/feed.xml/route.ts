import { sectionFeed } from '../../feeds'

export const dynamic = 'force-dynamic'

type Props = { params: Promise<{ section: string }> }

export async function GET(_request: Request, { params }: Props): Promise<Response> {
  return sectionFeed((await params).section, 'feed.xml')
}
