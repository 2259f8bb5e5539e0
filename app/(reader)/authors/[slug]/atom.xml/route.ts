import { taxonomyFeed } from '../../../taxonomy-page'

export const GET = taxonomyFeed('author', 'atom.xml')
