import type { Revision } from '@/domain/version/revision'
import type { Story } from '@/domain/story/story'
import type { ComparedVersion } from './compared-version'
import { routes } from '@/lib/routes'
import { whatReaders } from '../story/story-status'
import { whyKept } from './version-list'

type Props = {
  story: Story
  older: ComparedVersion
  newer: ComparedVersion
  /** The newest there are; whichever is compared now can be chosen too. */
  versions: Revision[]
  timeZone: string
}

/** Which two versions to compare. An address of its own, so that a comparison can be sent to a colleague. */
export function VersionChoice({ story, older, newer, versions, timeZone }: Props) {
  const chosen = [older, newer].flatMap(({ revision }) => revision ?? [])
  const missing = chosen.filter(
    ({ id }, place) => ![...versions, ...chosen.slice(0, place)].some((one) => one.id === id),
  )
  const offered = [...versions, ...missing].sort((a, b) => b.number - a.number)
  return (
    <form method="get" action={routes.admin.compare(story.id)} className="version-choice" aria-label="Which versions">
      <VersionSelect name="from" label="From" {...{ story, offered, timeZone }} value={older} />
      <VersionSelect name="to" label="To" {...{ story, offered, timeZone }} value={newer} />
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
  offered: Revision[]
  timeZone: string
  value: ComparedVersion
}

function VersionSelect({ name, label, story, offered, timeZone, value }: SelectProps) {
  const day = new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'medium', timeStyle: 'short' })
  return (
    <div className="field">
      <label htmlFor={`version-${name}`}>{label}</label>
      <select id={`version-${name}`} name={name} defaultValue={value.version} key={value.version}>
        <option value="draft">The draft</option>
        {story.stage !== 'draft' && <option value="live">{startOfSentence(whatReaders[story.stage])}</option>}
        {offered.map((revision) => (
          <option key={revision.id} value={revision.number}>
            {`Version ${revision.number}, ${day.format(revision.keptAt)}, ${revision.keptByName}, ${whyKept(revision)}`}
          </option>
        ))}
      </select>
    </div>
  )
}

const startOfSentence = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)
