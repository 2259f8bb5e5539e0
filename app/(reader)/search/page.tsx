import { Head } from '@/components/reader/head'
import { HeadlineList } from '@/components/reader/headlines'
import { PageFrame } from '@/components/reader/page-frame'
import { PageTags } from '@/components/reader/page-notes'
import { tag } from '@/domain/history/tag'
import { firstEnd } from '@/domain/story/live-story'
import { routes } from '@/lib/routes'
import { LONGEST_SEARCH, searchStories } from '@/reading/search'
import { readNextMoment } from '@/reading/upcoming'
import { asked, readHouse } from '../house'

type Props = { searchParams: Promise<{ q?: string | string[] }> }

export default async function SearchPage({ searchParams }: Props) {
  const question = (asked((await searchParams).q) ?? '').slice(0, LONGEST_SEARCH)
  const [house, stories, next] = await Promise.all([readHouse(), searchStories(question), readNextMoment()])
  return (
    <PageFrame house={house} current={routes.search}>
      <PageTags tags={[tag.latest, tag.sections]} until={next} ends={firstEnd(stories)} />
      <Head house={house} title={question ? `Search: ${question}` : 'Search'} address={routes.search} hidden />
      <div className="list-page">
        <h1>Search</h1>
        <form className="question" role="search" aria-label="Search all stories" action={routes.search}>
          <label htmlFor="question">Words to look for</label>
          <input id="question" name="q" type="search" defaultValue={question} maxLength={LONGEST_SEARCH} />
          <button>Search</button>
        </form>
        {question && (
          <p role="status">
            {stories.length === 0
              ? `Nothing found for “${question}”. Try fewer or other words, or read the latest.`
              : `The best matches for “${question}”, the best first.`}
          </p>
        )}
        {stories.length > 0 && (
          <HeadlineList stories={stories} timeZone={house.timeZone} label="Search results" level="h2" />
        )}
        {question && stories.length === 0 && (
          <p>
            <a href={routes.latest}>The latest</a>
          </p>
        )}
      </div>
    </PageFrame>
  )
}
