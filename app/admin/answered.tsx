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
    const typed = await typedJustNow()
    if (asTyped && isCopy(typed)) return asTyped('database away', [])
    const words = writtenIn(typed)
    return words.length > 0 ? <WordsBack why="database away" words={words} /> : <Unavailable />
  }
}

/** The answer to a form without script whose sender may not send it (any more), if this is one: the page may hold that form no longer. */
async function refusal(asTyped: AsTyped | undefined): Promise<ReactNode> {
  if (!(await sentWithoutScript())) return null
  // Sending them to sign in would throw their words away.
  if ((await currentActor()) === null) {
    const typed = await typedJustNow()
    if (asTyped && isCopy(typed)) return asTyped('signed out', await listSections(database()))
    const words = writtenIn(typed)
    return words.length > 0 || asTyped ? <WordsBack why="signed out" words={words} /> : null
  }
  const refused = await refusedJustNow()
  if (refused?.refusal.kind !== 'not-permitted' && refused?.refusal.kind !== 'not-found') return null
  const why = refused.refusal.kind === 'not-permitted' ? 'not allowed' : 'not there'
  return asTyped && isCopy(refused.typed) ? (
    asTyped(why, await listSections(database()))
  ) : (
    <NotDone {...{ why, refusal: refused.refusal, words: writtenIn(refused.typed) }} />
  )
}

type Typed = Record<string, string>

/** The copy of a story comes back in a form of its own. Changing a headline in its line of the desk is the one writing of copy that does not. */
const isCopy = ({ headline, seenHeadline }: Typed) => headline !== undefined && seenHeadline === undefined

/** The fields of every other form in which people write; what else is sent was chosen, or is the page's own. */
const writtenFields = ['headline', 'words', 'due', 'note', 'reason', 'label', 'name', 'into', 'slug', 'email']

const writtenIn = (typed: Typed) => writtenFields.flatMap((name) => typed[name] || [])
