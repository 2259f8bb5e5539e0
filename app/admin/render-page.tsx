import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import {
  NotFound,
  RefusedFormPage,
  SubmittedValuesPage,
  Unavailable,
  type FormErrorReason,
} from '@/components/admin/layout/error-pages'
import { database } from '@/db/client'
import { listSections } from '@/domain/section/store'
import type { Section } from '@/domain/section/section'
import { can, type Act, type SubjectOf } from '@/domain/user/permission'
import type { Actor } from '@/domain/user/user'
import { refusalOfThisRequest, submittedInThisRequest } from '@/lib/action'
import { isDatabaseUnavailable } from '@/lib/database-unavailable'
import { routes } from '@/lib/routes'
import { currentActor, requireActor, type SignedIn } from '@/lib/session'
import { parseId } from './params'

/** Renders the copy of a story that was submitted without script and not saved. The response is the only place that has it. */
type RenderSubmitted = (reason: FormErrorReason, sections: Section[]) => ReactNode

/** A page of the newsroom; a 503 page when the database is unavailable, and a 403 or 404 page after a refused form without script. */
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
    const values = textsIn(submitted)
    return values.length > 0 ? <SubmittedValuesPage reason="database away" values={values} /> : <Unavailable />
  }
}

/** The acts that are done to nothing in particular. */
type AreaAct = { [A in Act]: SubjectOf<A> extends [] ? A : never }[Act]

/** A page at a fixed address, for those who may do an act; 404 for all others. */
export function renderAreaPage(
  address: string,
  act: AreaAct,
  render: (actor: Actor) => Promise<ReactNode>,
): Promise<ReactNode> {
  return renderPage(async () => {
    const actor = await requireActor(address)
    return can<AreaAct>(actor, act) ? render(actor) : <NotFound />
  })
}

export type StoryParams = Promise<{ storyId: string }>

/**
 * A page below a story's address.
 * @param path the rest of the address, for the way back from the sign-in page
 * @param render gives null for a story that does not exist or that the actor may not see
 */
export function renderStoryPage(
  params: StoryParams,
  path: string,
  render: (actor: SignedIn, storyId: number) => Promise<ReactNode>,
): Promise<ReactNode> {
  return renderPage(async () => {
    const { storyId } = await params
    const actor = await requireActor(`${routes.admin.desk}/stories/${encodeURIComponent(storyId)}/${path}`)
    const id = parseId(storyId)
    return (id === null ? null : await render(actor, id)) ?? <NotFound />
  })
}

/** The response to a refused form without script; null for other requests. The page itself may not contain the form any more. */
async function renderRefusal(renderSubmitted: RenderSubmitted | undefined): Promise<ReactNode> {
  if (!(await isNoScriptSubmission())) return null
  // A redirect to the sign-in page would lose the submitted values.
  if ((await currentActor()) === null) {
    const submitted = await submittedInThisRequest()
    if (renderSubmitted && isCopy(submitted)) return renderSubmitted('signed out', await listSections(database()))
    const values = textsIn(submitted)
    return values.length > 0 || renderSubmitted ? <SubmittedValuesPage reason="signed out" values={values} /> : null
  }
  const refused = await refusalOfThisRequest()
  if (refused?.refusal.kind !== 'not-permitted' && refused?.refusal.kind !== 'not-found') return null
  const reason = refused.refusal.kind === 'not-permitted' ? 'not allowed' : 'not there'
  return renderSubmitted && isCopy(refused.typed) ? (
    renderSubmitted(reason, await listSections(database()))
  ) : (
    <RefusedFormPage reason={reason} refusal={refused.refusal} values={textsIn(refused.typed)} />
  )
}

async function isNoScriptSubmission(): Promise<boolean> {
  const request = await headers()
  return Boolean(request.get('content-type')?.startsWith('multipart/form-data')) && !request.has('next-action')
}

type Submitted = Record<string, string>

/** The copy of a story, which `renderSubmitted` shows. A headline changed in the desk is not one. */
const isCopy = ({ headline, seenHeadline }: Submitted) => headline !== undefined && seenHeadline === undefined

/** The text fields of all other forms. */
const textFields = ['headline', 'words', 'due', 'note', 'reason', 'label', 'name', 'into', 'slug', 'email']

const textsIn = (submitted: Submitted) => textFields.flatMap((name) => submitted[name] || [])
