import { siteFeed } from '../feeds'

export const GET = siteFeed('feed.json')
