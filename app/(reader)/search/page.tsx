import { HeadlineList } from '@/components/reader/lists/headlines'
import { ReaderPage } from '@/components/reader/page/reader-page'
import { tag } from '@/domain/history/tag'
import { routes } from '@/lib/routes'
import { MAX_SEARCH_LENGTH } from '@/domain/search/search'
import { searchStories } from '@/reading/search'
import { readNextChangeAt } from '@/reading/upcoming'
import { firstParam, readSite } from '../site'

type Props = { searchParams: Promise<{ q?: string | string[] }> }

export default async function SearchPage({ searchParams }: Props) {
  const query = (firstParam((await searchParams).q) ?? '').slice(0, MAX_SEARCH_LENGTH)
  const [site, stories, staleAt] = await Promise.all([readSite(), searchStories(query), readNextChangeAt()])
  return (
    <ReaderPage
      {...{ site, stories, staleAt }}
      tags={[tag.latest, tag.search, tag.sections]}
      current={routes.search}
      title={query ? `Search: ${query}` : 'Search'}
      address={routes.search}
      hidden
    >
      <div className="list-page">
        <h1>Search</h1>
        <form className="question" role="search" aria-label="Search all stories" action={routes.search}>
          <label htmlFor="question">Words to look for</label>
          <input id="question" name="q" type="search" defaultValue={query} maxLength={MAX_SEARCH_LENGTH} />
          <button>Search</button>
        </form>
        {query && (
          <p role="status">
            {stories.length === 0
              ? `Nothing found for “${query}”. Try fewer or other words, or read the latest.`
              : `The best matches for “${query}”, the best first.`}
          </p>
        )}
        {stories.length > 0 && (
          <HeadlineList stories={stories} timeZone={site.timeZone} label="Search results" level="h2" />
        )}
        {query && stories.length === 0 && (
          <p>
            <a href={routes.latest}>The latest</a>
          </p>
        )}
      </div>
    </ReaderPage>
  )
}
