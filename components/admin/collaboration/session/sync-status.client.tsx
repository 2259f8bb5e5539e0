'use client'
import { useState } from 'react'
import { colourOf, initialsOf, presenceSentence } from '@/domain/collaboration/presence/presence'
import { routes } from '@/lib/routes'
import { SignInAgain } from '../../../ui/form/sign-in-again.client'
import { DivergentCopies } from '../persistence/divergent-copies.client'
import { useHasNewBuild, useOthers, usePageSession, useSession } from './session-context'
import { restoredMessage, syncStatusMessage } from './sync-status'

/** Whether the text is saved, and who else is here. */
export function SyncStatusLine({ storyId }: { storyId: number }) {
  const session = usePageSession()
  const status = useSession(session, (open) => open.status(), null)
  const others = useOthers(session)
  const orphanedIn = useSession(session, (open) => open.orphanedIn(), null)
  const restored = useSession(session, (open) => open.restored(), null)
  const isPolling = useSession(session, (open) => open.isPolling(), false)
  const hasNewBuild = useHasNewBuild()
  if (status === null) return null
  return (
    <div className="writing-state">
      <p role="group" aria-label="Your words" data-state={status.kind}>
        {syncStatusMessage(status)}
        {status.kind === 'signed-out' && (
          <>
            {' '}
            <SignInAgain />
          </>
        )}
        {status.kind === 'outdated' && status.isStored && (
          <>
            {' '}
            <Reload />
          </>
        )}
      </p>
      {orphanedIn !== null && (
        <p>
          {orphanedMessage} <SeeVersion storyId={storyId} number={orphanedIn} />
        </p>
      )}
      {restored !== null && (
        <p>
          {restoredMessage(restored)}{' '}
          {restored.keptAs !== null && <SeeVersion storyId={storyId} number={restored.keptAs} />}
        </p>
      )}
      {session !== null && <DivergentCopies storyId={storyId} session={session} />}
      {isPolling && <p>{pollingMessage}</p>}
      {hasNewBuild && status.kind !== 'outdated' && (
        <p>
          {newBuildMessage} <Reload />
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

function SeeVersion({ storyId, number }: { storyId: number; number: number }) {
  return (
    <>
      <a href={routes.admin.compared(storyId, number, 'draft')}>See version {number}</a>.
    </>
  )
}

function Reload() {
  return (
    <button type="button" className="button small" onClick={() => window.location.reload()}>
      Load the page again
    </button>
  )
}

const newBuildMessage = 'The newsroom was brought up to date. Go on writing, and load the page again when it suits you.'

const pollingMessage = 'Many tabs are open, so others’ words come here a little later. Yours are kept as ever.'

const savedAgainMessage = 'Your words are saved again.'

const orphanedMessage = 'The place you wrote in was removed meanwhile; your words are kept.'

/** A live region for screen readers: announces that saving fails and that it works again, not each save. */
export function SyncStatusAnnouncer() {
  const session = usePageSession()
  const status = useSession(session, (open) => open.status(), null)
  const hasOrphaned = useSession(session, (open) => open.orphanedIn(), null) !== null
  const restored = useSession(session, (open) => open.restored(), null)
  const hasNewBuild = useHasNewBuild()
  const [problem, setProblem] = useState<'none' | 'now' | 'over'>('none')
  const isHealthy = status === null || status.kind === 'saved' || status.kind === 'saving'
  if (!isHealthy && problem !== 'now') setProblem('now')
  if (problem === 'now' && status?.kind === 'saved') setProblem('over')
  return (
    <div role="status" className="visually-hidden">
      {isHealthy ? problem === 'over' && savedAgainMessage : syncStatusMessage(status)} {hasOrphaned && orphanedMessage}{' '}
      {restored && restoredMessage(restored)} {hasNewBuild && newBuildMessage}
    </div>
  )
}
