import { sitemapOfNames } from '../../sitemap-of-names'

export const GET = sitemapOfNames('topic')
