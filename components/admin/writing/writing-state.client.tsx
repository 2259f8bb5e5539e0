'use client'
import { useState } from 'react'
import { colourOf, initialsOf, presenceSentence } from '@/domain/writing/presence'
import { routes } from '@/lib/routes'
import { SignInAgain } from '../door/sign-in-again.client'
import { putBackSentence, stateSentence } from './state-sentence'
import { WordsApart } from './words-apart.client'
import {
  useBehind,
  useCrowded,
  useOthers,
  usePageWriting,
  usePutBack,
  useStrandedIn,
  useWordsState,
} from './writing-context'

/** How it stands with the words, and who else is here: beside the buttons, where it is always seen. */
export function WritingState({ storyId }: { storyId: number }) {
  const writing = usePageWriting()
  const state = useWordsState(writing)
  const others = useOthers(writing)
  const strandedIn = useStrandedIn(writing)
  const putBack = usePutBack(writing)
  const isCrowded = useCrowded(writing)
  const isBehind = useBehind()
  if (state === null) return null
  return (
    <div className="writing-state">
      <p role="group" aria-label="Your words" data-state={state.kind}>
        {stateSentence(state)}
        {state.kind === 'signed-out' && (
          <>
            {' '}
            <SignInAgain />
          </>
        )}
        {state.kind === 'outdated' && state.kept && (
          <>
            {' '}
            <LoadAgain />
          </>
        )}
      </p>
      {strandedIn !== null && (
        <p>
          {placeRemoved} <SeeVersion storyId={storyId} number={strandedIn} />
        </p>
      )}
      {putBack !== null && (
        <p>
          {putBackSentence(putBack)}{' '}
          {putBack.keptAs !== null && <SeeVersion storyId={storyId} number={putBack.keptAs} />}
        </p>
      )}
      {writing !== null && <WordsApart storyId={storyId} writing={writing} />}
      {isCrowded && <p>{crowded}</p>}
      {isBehind && state.kind !== 'outdated' && (
        <p>
          {behind} <LoadAgain />
        </p>
      )}
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

/** Where the words are that are not in the draft any more. */
function SeeVersion({ storyId, number }: { storyId: number; number: number }) {
  return (
    <>
      <a href={routes.admin.compared(storyId, number, 'draft')}>See version {number}</a>.
    </>
  )
}

function LoadAgain() {
  return (
    <button type="button" className="button small" onClick={() => window.location.reload()}>
      Load the page again
    </button>
  )
}

const behind = 'The newsroom was brought up to date. Go on writing, and load the page again when it suits you.'

const crowded = 'Many tabs are open, so others’ words come here a little later. Yours are kept as ever.'

const savedAgain = 'Your words are saved again.'

const placeRemoved = 'The place you wrote in was removed meanwhile; your words are kept.'

/** Says aloud when words are not saved any more, and when they are again; not every time they are. */
export function WritingAnnouncer() {
  const writing = usePageWriting()
  const state = useWordsState(writing)
  const isStranded = useStrandedIn(writing) !== null
  const putBack = usePutBack(writing)
  const isBehind = useBehind()
  const [trouble, setTrouble] = useState<'none' | 'now' | 'over'>('none')
  const isQuiet = state === null || state.kind === 'saved' || state.kind === 'saving'
  if (!isQuiet && trouble !== 'now') setTrouble('now')
  if (trouble === 'now' && state?.kind === 'saved') setTrouble('over')
  return (
    <div role="status" className="visually-hidden">
      {isQuiet ? trouble === 'over' && savedAgain : stateSentence(state)} {isStranded && placeRemoved}{' '}
      {putBack && putBackSentence(putBack)} {isBehind && behind}
    </div>
  )
}
