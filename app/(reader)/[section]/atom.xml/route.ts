import { sectionFeed } from '../../feeds'

export const GET = sectionFeed('atom.xml')
