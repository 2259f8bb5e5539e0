import type { Section } from '@/domain/section/section'
import { stageFilters, MAX_SEARCH_LENGTH, stageLabels, type DeskQuery } from '@/domain/desk/desk'
import { routes } from '@/lib/routes'

/** Filters of the desk. They are in the address, so that a view can be bookmarked and shared. */
export function DeskFilters({ query, sections }: { query: DeskQuery; sections: Section[] }) {
  const isFiltered = query.list !== null || query.stage !== null || query.sectionId !== null || query.search !== ''
  return (
    <search>
      <form method="get" action={routes.admin.desk} className="desk-filters">
        {query.list && <input type="hidden" name="list" value={query.list} />}
        <div className="field">
          <label htmlFor="desk-words">Words</label>
          <input
            id="desk-words"
            type="search"
            name="words"
            dir="auto"
            defaultValue={query.search}
            maxLength={MAX_SEARCH_LENGTH}
            placeholder="Headline, kicker, standfirst"
          />
        </div>
        <div className="field">
          <label htmlFor="desk-stage">Stage</label>
          <select id="desk-stage" name="stage" defaultValue={query.stage ?? ''}>
            <option value="">Every stage</option>
            {stageFilters.map((stage) => (
              <option key={stage} value={stage}>
                {stageLabels[stage]}
              </option>
            ))}
          </select>
        </div>
        <div className="field">
          <label htmlFor="desk-section">Section</label>
          <select id="desk-section" name="section" defaultValue={query.sectionId ?? ''}>
            <option value="">Every section</option>
            {sections.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
            <option value="none">No section yet</option>
          </select>
        </div>
        <div className="actions">
          <button className="button">Show</button>
          {isFiltered && (
            <a className="button quiet" href={routes.admin.desk}>
              Show everything
            </a>
          )}
        </div>
      </form>
    </search>
  )
}
