import { feedOfEverything } from '../feeds'

export const dynamic = 'force-dynamic'

export async function GET(): Promise<Response> {
  return feedOfEverything('feed.xml')
}
