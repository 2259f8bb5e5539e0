import { siteFeed } from '../feeds'

export const dynamic = 'force-dynamic'

export async function GET(): Promise<Response> {
  return siteFeed('atom.xml')
}
