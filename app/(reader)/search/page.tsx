import { HeadlineList } from '@/components/reader/lists/headlines'
import { ReaderPage } from '@/components/reader/page/reader-page'
import { tag } from '@/domain/history/tag'
import { routes } from '@/lib/routes'
import { MAX_SEARCH_LENGTH, wordsAsked } from '@/domain/search/search'
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
          <input id="question" name="q" type="search" dir="auto" defaultValue={query} maxLength={MAX_SEARCH_LENGTH} />
          <button>Search</button>
        </form>
        {query && <p role="status">{resultsSentence(query, stories.length)}</p>}
        {stories.length > 0 && (
          <HeadlineList stories={stories} timeZone={site.timeZone} label="Search results" level="h2" searched={query} />
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

const listFormat = new Intl.ListFormat('en-GB')

function resultsSentence(query: string, count: number): string {
  if (count > 0) return `The best matches for “${query}”, the best first.`
  const words = wordsAsked(query).map((word) => `“${word}”`)
  if (words.length === 0)
    return `There is no word in “${query}” to look for. Type a word or a name, or read the latest.`
  const asked = listFormat.format(words)
  return words.length === 1
    ? `Nothing found for ${asked}. Try another word, or read the latest.`
    : `Nothing found with all of ${asked}. Try fewer or other words, or read the latest.`
}
