import type { Section } from '@/domain/section/section'
import { askableStages, LONGEST_SEARCH, stageWords, type DeskQuestion } from '@/domain/desk/desk'
import { routes } from '@/lib/routes'

/** What to see of the desk. An address of its own, so that a view can be kept and sent to a colleague. */
export function DeskFilters({ question, sections }: { question: DeskQuestion; sections: Section[] }) {
  const asked =
    question.list !== null || question.stage !== null || question.sectionId !== null || question.words !== ''
  return (
    <search>
      <form method="get" action={routes.admin.desk} className="desk-filters">
        {question.list && <input type="hidden" name="list" value={question.list} />}
        <div className="field">
          <label htmlFor="desk-words">Words</label>
          <input
            id="desk-words"
            type="search"
            name="words"
            defaultValue={question.words}
            maxLength={LONGEST_SEARCH}
            placeholder="Headline, kicker, standfirst"
          />
        </div>
        <div className="field">
          <label htmlFor="desk-stage">Stage</label>
          <select id="desk-stage" name="stage" defaultValue={question.stage ?? ''}>
            <option value="">Every stage</option>
            {askableStages.map((stage) => (
              <option key={stage} value={stage}>
                {stageWords[stage]}
              </option>
            ))}
          </select>
        </div>
        <div className="field">
          <label htmlFor="desk-section">Section</label>
          <select id="desk-section" name="section" defaultValue={question.sectionId ?? ''}>
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
          {asked && (
            <a className="button quiet" href={routes.admin.desk}>
              Show everything
            </a>
          )}
        </div>
      </form>
    </search>
  )
}
