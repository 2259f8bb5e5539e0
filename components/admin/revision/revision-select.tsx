import { dateTimeFormat } from '@/domain/time/formatters'
import type { ComparedSide, Revision } from '@/domain/revision/revision'
import type { Story } from '@/domain/story/story'
import { routes } from '@/lib/routes'
import { liveRevisionPhrases } from '../story/story-status'
import { reasonText } from './revision-list'

type Props = {
  story: Story
  older: ComparedSide
  newer: ComparedSide
  /** The newest revisions; those compared now are added. */
  revisions: Revision[]
  timeZone: string
}

/** Chooses two revisions to compare. They are in the address, so that a comparison can be shared. */
export function RevisionChoice({ story, older, newer, revisions, timeZone }: Props) {
  const compared = [older, newer].flatMap(({ revision }) => revision ?? [])
  const missing = compared.filter(
    ({ id }, index) => ![...revisions, ...compared.slice(0, index)].some((one) => one.id === id),
  )
  const options = [...revisions, ...missing].sort((a, b) => b.number - a.number)
  return (
    <form method="get" action={routes.admin.compare(story.id)} className="version-choice" aria-label="Which versions">
      <RevisionSelect name="from" label="From" {...{ story, options, timeZone }} value={older} />
      <RevisionSelect name="to" label="To" {...{ story, options, timeZone }} value={newer} />
      <div className="actions">
        <button className="button">Compare</button>
      </div>
    </form>
  )
}

type SelectProps = {
  name: string
  label: string
  story: Story
  options: Revision[]
  timeZone: string
  value: ComparedSide
}

function RevisionSelect({ name, label, story, options, timeZone, value }: SelectProps) {
  const day = dateTimeFormat('en-GB', { timeZone, dateStyle: 'medium', timeStyle: 'short' })
  return (
    <div className="field">
      <label htmlFor={`version-${name}`}>{label}</label>
      <select id={`version-${name}`} name={name} defaultValue={value.ref} key={value.ref}>
        <option value="draft">The draft</option>
        {story.stage !== 'draft' && <option value="live">{capitalize(liveRevisionPhrases[story.stage])}</option>}
        {options.map((revision) => (
          <option key={revision.id} value={revision.number}>
            {`Version ${revision.number}, ${day.format(revision.keptAt)}, ${revision.keptByName}, ${reasonText(revision)}`}
          </option>
        ))}
      </select>
    </div>
  )
}

const capitalize = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
