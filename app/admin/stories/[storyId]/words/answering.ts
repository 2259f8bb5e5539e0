import type { Outcome } from '@/domain/operation'
import { refusalSentence } from '@/domain/refusal-sentence'
import { BUILD, isOutdated, OUTDATED } from '@/domain/writing/words-frame'
import { isDatabaseAway } from '@/lib/database-away'
import { env } from '@/lib/env'
import { currentActor, type SignedIn } from '@/lib/session'
import { askedId } from '../../../asked-id'

export type Context = { params: Promise<{ storyId: string }> }

/** Which person wrote the words, as the page knew them: they are kept on the device under that name, and sent under no other. */
export const WRITER = 'x-writer'

/**
 * What the routes of a story's words have in common: who is there, and what cannot be done said in a status and a sentence.
 * @param work is given only to whoever is signed in, and is the same person as when the page was opened
 */
export async function answering(
  request: Request,
  { params }: Context,
  work: (actor: SignedIn, storyId: number) => Promise<Response>,
): Promise<Response> {
  try {
    const actor = await currentActor()
    if (!actor) return said(401, 'You were signed out.')
    const writer = request.headers.get(WRITER)
    if (writer !== null && writer !== String(actor.id)) return said(409, `${actor.name} is signed in here now.`)
    const { storyId } = await params
    return await work(actor, askedId(storyId) ?? 0)
  } catch (error) {
    if (isDatabaseAway(error)) return said(503, 'The newsroom is temporarily unavailable.')
    throw error
  }
}

/** What a tab is told that knows fewer blocks than stories have by now: it would take them away. Null for one that knows them all. */
export function outdated(request: Request): Response | null {
  return isOutdated(new URL(request.url).searchParams.get('edition')) ? said(OUTDATED.status, OUTDATED.why) : null
}

export function answerOf<Value>(outcome: Outcome<Value>): Response {
  if (outcome.ok) return Response.json(outcome.value, { headers: { [BUILD]: env.build } })
  const { refusal } = outcome
  if (refusal.kind === 'not-found' && refusal.what === 'story') return notThere()
  return refusal.kind === 'not-permitted' ? notThere() : said(422, refusalSentence(refusal))
}

export const notThere = () => said(404, 'That story is no longer there, or no longer yours to write in.')

export function said(status: number, why: string, headers?: Record<string, string>): Response {
  return Response.json({ why }, { status, headers })
}
