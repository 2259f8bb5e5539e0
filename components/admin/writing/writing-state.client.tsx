'use client'
import { colourOf, initialsOf, presenceSentence } from '@/domain/writing/presence'
import { routes } from '@/lib/routes'
import { useCrowded, useOthers, useStrandedIn, useWordsState, useWriting, type WordsState } from './writing-context'

/** How it stands with the words, and who else is here: beside the buttons, where it is always seen. */
export function WritingState({ storyId }: { storyId: number }) {
  const writing = useWriting()
  const state = useWordsState(writing)
  const others = useOthers(writing)
  const strandedIn = useStrandedIn(writing)
  const isCrowded = useCrowded(writing)
  if (state === null) return null
  return (
    <div className="writing-state">
      <p role="group" aria-label="Your words" data-state={state.kind}>
        {inWords(state)}
        {state.kind === 'signed-out' && (
          <>
            {' '}
            <a href={routes.signIn} target="_blank">
              Sign in again<span className="visually-hidden">, in a new tab</span>
            </a>
          </>
        )}
        {state.kind === 'outdated' && state.kept && (
          <>
            {' '}
            <button type="button" className="button small" onClick={() => window.location.reload()}>
              Load the page again
            </button>
          </>
        )}
      </p>
      {strandedIn !== null && (
        <p>
          {placeRemoved} <a href={routes.admin.compared(storyId, strandedIn, 'draft')}>See version {strandedIn}</a>.
        </p>
      )}
      {isCrowded && <p>{crowded}</p>}
      {others.length > 0 && (
        <ul aria-label="Also here">
          {others.map((other) => (
            <li key={`${other.person} ${other.tab}`}>
              <span className="initials" data-colour={colourOf(other)} aria-hidden="true">
                {initialsOf(other)}
              </span>{' '}
              {presenceSentence(other)}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

const crowded = 'Many tabs are open, so others’ words come here a little later. Yours are kept as ever.'

const placeRemoved = 'The place you wrote in was removed meanwhile; your words are kept.'

/** Says aloud when words are not saved any more, and when they are again; not every time they are. */
export function WritingAnnouncer() {
  const writing = useWriting()
  const state = useWordsState(writing)
  const isStranded = useStrandedIn(writing) !== null
  const quiet = state === null || state.kind === 'saved' || state.kind === 'saving'
  return (
    <div role="status" className="visually-hidden">
      {quiet ? '' : inWords(state)} {isStranded && placeRemoved}
    </div>
  )
}

/** As the clock of this device shows it. `Intl` takes as long to be ready as all the rest of the line, while somebody waits to write. */
const onTheClock = (at: Date) =>
  [at.getHours(), at.getMinutes(), at.getSeconds()].map((part) => String(part).padStart(2, '0')).join(':')

function inWords(state: WordsState): string {
  switch (state.kind) {
    case 'saving':
      return 'Saving'
    case 'saved':
      return `Saved ${onTheClock(state.at)}`
    case 'offline':
      return state.kept ? 'Offline, kept on this device' : 'Offline. Keep this tab open: this browser keeps nothing'
    case 'signed-out':
      return `Could not save: ${state.why} Your words are kept on this device.`
    case 'outdated':
      return `${state.why}${state.kept ? ' Your words are kept on this device.' : ''}`
    case 'failed':
      return `Could not save (${state.why})${state.kept ? ' Your words are kept on this device.' : ''}`
  }
}
