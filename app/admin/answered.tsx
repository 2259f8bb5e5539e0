import type { ReactNode } from 'react'
import type { Why } from '@/components/admin/form/because'
import { NotDone } from '@/components/admin/form/not-done'
import { Unavailable } from '@/components/admin/unavailable'
import { WordsBack } from '@/components/admin/form/words-back'
import { database } from '@/db/client'
import { listSections } from '@/domain/section/keeping'
import type { Section } from '@/domain/section/section'
import { refusedJustNow, typedJustNow } from '@/lib/action'
import { isDatabaseAway } from '@/lib/database-away'
import { currentActor } from '@/lib/session'
import { sentWithoutScript } from './sent-without-script'

/** What to show instead of a page to somebody who has just sent a form without script: their words are in this answer or nowhere. */
type AsTyped = (why: Why, sections: Section[]) => ReactNode

/** A page, or a readable 503 where the database does not answer, or a readable 403 after a form that may not be sent: never an empty document. */
export async function answered(render: () => Promise<ReactNode>, asTyped?: AsTyped): Promise<ReactNode> {
  try {
    return (await refusal(asTyped)) ?? (await render())
  } catch (error) {
    if (!isDatabaseAway(error)) throw error
    if (!(await sentWithoutScript())) return <Unavailable />
    const { words } = await typedJustNow()
    return words ? <WordsBack why="database away" words={words} /> : (asTyped?.('database away', []) ?? <Unavailable />)
  }
}

/** The answer to a form without script whose sender may not send it (any more), if this is one: the page may hold that form no longer. */
async function refusal(asTyped: AsTyped | undefined): Promise<ReactNode> {
  if (!(await sentWithoutScript())) return null
  // Sending them to sign in would throw their words away.
  if ((await currentActor()) === null) {
    const { words } = await typedJustNow()
    return words ? (
      <WordsBack why="signed out" words={words} />
    ) : (
      asTyped?.('signed out', await listSections(database()))
    )
  }
  const refused = await refusedJustNow()
  if (refused?.refusal.kind !== 'not-permitted' && refused?.refusal.kind !== 'not-found') return null
  const why = refused.refusal.kind === 'not-permitted' ? 'not allowed' : 'not there'
  const { headline, seenHeadline, words, note, reason } = refused.typed
  // Changing a headline in its line of the desk is the one writing that a page cannot give back as its own form.
  return asTyped && headline !== undefined && seenHeadline === undefined ? (
    asTyped(why, await listSections(database()))
  ) : (
    <NotDone {...{ why, refusal: refused.refusal, words: headline ?? words ?? note ?? reason }} />
  )
}
