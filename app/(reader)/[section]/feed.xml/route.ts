import { sectionFeed } from '../../feeds'

export const GET = sectionFeed('feed.xml')
