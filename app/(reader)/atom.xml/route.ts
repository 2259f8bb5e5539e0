import { siteFeed } from '../feeds'

export const GET = siteFeed('atom.xml')
