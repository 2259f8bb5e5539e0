import { correctionNames, newest, type Correction } from '@/domain/correction/correction'
import { routes } from '@/lib/routes'
import { textAttributes } from '@/lib/text-direction'
import { Moment } from './page/moment'

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

/** The kind of a correction, and when it was published. */
export function CorrectionMeta({ correction, timeZone }: { correction: Correction; timeZone: string }) {
  return (
    <p className="above">
      <b>{correctionNames[correction.kind].label}</b> <Moment at={correction.publishedAt} timeZone={timeZone} />
    </p>
  )
}

export const CorrectionText = ({ words }: { words: string }) =>
  words.split(/\n+/u).map((line, at) => (
    <p key={at} {...textAttributes(line)}>
      {line}
    </p>
  ))
