import type { ReactNode } from 'react'
import type { FormErrorReason } from '@/components/admin/layout/form-error-heading'
import { FormErrorPage } from '@/components/admin/layout/form-error'
import { Unavailable } from '@/components/admin/layout/unavailable'
import { SubmittedValuesPage } from '@/components/admin/layout/submitted-values'
import { database } from '@/db/client'
import { listSections } from '@/domain/section/store'
import type { Section } from '@/domain/section/section'
import { refusalOfThisRequest, submittedInThisRequest } from '@/lib/action'
import { isDatabaseUnavailable } from '@/lib/database-unavailable'
import { currentActor } from '@/lib/session'
import { isNoScriptSubmission } from './no-script-form'

/** What to show instead of a page to somebody who has just sent a form without script: their words are in this answer or nowhere. */
type RenderSubmitted = (why: FormErrorReason, sections: Section[]) => ReactNode

/** A page, or a readable 503 where the database does not answer, or a readable 403 after a form that may not be sent: never an empty document. */
export async function renderPage(
  render: () => Promise<ReactNode>,
  renderSubmitted?: RenderSubmitted,
): Promise<ReactNode> {
  try {
    return (await renderRefusal(renderSubmitted)) ?? (await render())
  } catch (error) {
    if (!isDatabaseUnavailable(error)) throw error
    if (!(await isNoScriptSubmission())) return <Unavailable />
    const submitted = await submittedInThisRequest()
    if (renderSubmitted && isCopy(submitted)) return renderSubmitted('database away', [])
    const words = textsIn(submitted)
    return words.length > 0 ? <SubmittedValuesPage why="database away" words={words} /> : <Unavailable />
  }
}

/** The answer to a form without script whose sender may not send it (any more), if this is one: the page may hold that form no longer. */
async function renderRefusal(renderSubmitted: RenderSubmitted | undefined): Promise<ReactNode> {
  if (!(await isNoScriptSubmission())) return null
  // Sending them to sign in would throw their words away.
  if ((await currentActor()) === null) {
    const submitted = await submittedInThisRequest()
    if (renderSubmitted && isCopy(submitted)) return renderSubmitted('signed out', await listSections(database()))
    const words = textsIn(submitted)
    return words.length > 0 || renderSubmitted ? <SubmittedValuesPage why="signed out" words={words} /> : null
  }
  const refused = await refusalOfThisRequest()
  if (refused?.refusal.kind !== 'not-permitted' && refused?.refusal.kind !== 'not-found') return null
  const why = refused.refusal.kind === 'not-permitted' ? 'not allowed' : 'not there'
  return renderSubmitted && isCopy(refused.typed) ? (
    renderSubmitted(why, await listSections(database()))
  ) : (
    <FormErrorPage {...{ why, refusal: refused.refusal, words: textsIn(refused.typed) }} />
  )
}

type Submitted = Record<string, string>

/** The copy of a story comes back in a form of its own. Changing a headline in its line of the desk is the one writing of copy that does not. */
const isCopy = ({ headline, seenHeadline }: Submitted) => headline !== undefined && seenHeadline === undefined

/** The fields of every other form in which people write; what else is sent was chosen, or is the page's own. */
const textFields = ['headline', 'words', 'due', 'note', 'reason', 'label', 'name', 'into', 'slug', 'email']

const textsIn = (submitted: Submitted) => textFields.flatMap((name) => submitted[name] || [])
