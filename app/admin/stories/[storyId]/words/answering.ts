import type { Outcome } from '@/domain/operation'
import { refusalSentence } from '@/domain/refusal-sentence'
import { BUILD, isOutdated, OUTDATED } from '@/domain/writing/words-frame'
import { env } from '@/lib/env'
import type { SignedIn } from '@/lib/session'
import { answerSignedIn, said } from '../../../answer-signed-in'
import { askedId } from '../../../asked-id'

export type Context = { params: Promise<{ storyId: string }> }

/** Which person wrote the words, as the page knew them: they are kept on the device under that name, and sent under no other. */
export const WRITER = 'x-writer'

/**
 * What the routes of a story's words have in common: who is there, and what cannot be done said in a status and a sentence.
 * @param work is given only to whoever is signed in, and is the same person as when the page was opened
 */
export function answering(
  request: Request,
  { params }: Context,
  work: (actor: SignedIn, storyId: number) => Promise<Response>,
): Promise<Response> {
  return answerSignedIn(async (actor) => {
    const writer = request.headers.get(WRITER)
    if (writer !== null && writer !== String(actor.id)) return said(409, `${actor.name} is signed in here now.`)
    const { storyId } = await params
    return work(actor, askedId(storyId) ?? 0)
  })
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
