import { taxonomyFeed } from '../../../taxonomy-page'

export const GET = taxonomyFeed('topic', 'atom.xml')
