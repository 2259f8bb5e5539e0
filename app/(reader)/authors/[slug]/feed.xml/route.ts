import { taxonomyFeed } from '../../../taxonomy-page'

export const GET = taxonomyFeed('author', 'feed.xml')
