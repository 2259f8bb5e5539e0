import { correctionNames, newest, type Correction } from '@/domain/correction/correction'
import type { LiveStory } from '@/domain/story/live-story'
import { routes } from '@/lib/routes'
import { HeadlineText, OlderLink } from './headlines'
import { Moment } from './moment'

type Props = { corrections: Correction[]; timeZone: string }

/** The last correction, beside the time of a story, with a link to its note. An update is part of the time itself. */
export function LastCorrection({ corrections, timeZone }: Props) {
  const last = newest(corrections)
  if (last === null || last.kind === 'update') return null
  return (
    <p className="when">
      {correctionNames[last.kind].done} <Moment at={last.publishedAt} timeZone={timeZone} timeStyle="date" />
      <SeeNote note={last} />
    </p>
  )
}

/** The link from "Updated" to the note, if the last one is an update. */
export function SeeUpdate({ corrections }: { corrections: Correction[] }) {
  const last = newest(corrections)
  return last?.kind === 'update' ? <SeeNote note={last} /> : null
}

const SeeNote = ({ note }: { note: Correction }) => (
  <span className="see">
    , <a href={`#${routes.correctionAnchor(note)}`}>see note</a>
  </span>
)

/** The correction notes of a story. */
export function CorrectionNotes({ corrections, timeZone }: Props) {
  return corrections.map((correction) => (
    <aside
      key={correction.id}
      id={routes.correctionAnchor(correction)}
      className="note"
      data-kind={correction.kind}
      aria-label={correctionNames[correction.kind].label}
    >
      <CorrectionMeta correction={correction} timeZone={timeZone} />
      <CorrectionText words={correction.words} />
    </aside>
  ))
}

type ListProps = {
  page: { corrections: (Correction & { story: LiveStory })[]; olderCursor: string | null }
  timeZone: string
  older: boolean
}

/** All corrections, newest first, each with its story. */
export function CorrectionsPage({ page, timeZone, older }: ListProps) {
  return (
    <div className="list-page">
      <h1>Corrections</h1>
      <p className="trail">
        What we got wrong, made clearer, brought up to date or took back. Each note stands with its story as well, where
        there is one to read.
      </p>
      {older && (
        <p className="newest">
          <a href={routes.corrections}>Back to the newest</a>
        </p>
      )}
      {page.corrections.length === 0 ? (
        <p>{older ? 'Nothing older has been corrected.' : 'Nothing has been corrected yet.'}</p>
      ) : (
        <ol className="headlines" aria-label="Corrections">
          {page.corrections.map((correction) => (
            <li key={correction.id} id={routes.correctionAnchor(correction)}>
              <CorrectionMeta correction={correction} timeZone={timeZone} />
              <h2 className="headline">
                <CorrectedHeadline story={correction.story} />
              </h2>
              <CorrectionText words={correction.words} />
            </li>
          ))}
        </ol>
      )}
      <OlderLink address={routes.corrections} cursor={page.olderCursor} />
    </div>
  )
}

/** A headline without a body links to its position in the list of headlines. */
function CorrectedHeadline({ story }: { story: LiveStory }) {
  return story.hasBody ? <HeadlineText story={story} /> : <a href={routes.story(story)}>{story.headline}</a>
}

function CorrectionMeta({ correction, timeZone }: { correction: Correction; timeZone: string }) {
  return (
    <p className="above">
      <b>{correctionNames[correction.kind].label}</b> <Moment at={correction.publishedAt} timeZone={timeZone} />
    </p>
  )
}

const CorrectionText = ({ words }: { words: string }) => words.split(/\n+/u).map((line, at) => <p key={at}>{line}</p>)
