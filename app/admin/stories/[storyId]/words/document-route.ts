import type { Outcome } from '@/domain/operation'
import { refusalSentence } from '@/domain/refusal-sentence'
import { BUILD_HEADER, isUnsupportedVersion, UPGRADE_REQUIRED } from '@/domain/collaboration/protocol'
import { env } from '@/lib/env'
import type { SignedIn } from '@/lib/session'
import { respondSignedIn, errorResponse } from '../../../signed-in-response'
import { parseId } from '../../../params'

export type Context = { params: Promise<{ storyId: string }> }

/** Which person wrote the words, as the page knew them: they are kept on the device under that name, and sent under no other. */
export const WRITER_HEADER = 'x-writer'

/**
 * What the routes of a story's words have in common: who is there, and what cannot be done said in a status and a sentence.
 * @param handle is given only to whoever is signed in, and is the same person as when the page was opened
 */
export function forStoryEditor(
  request: Request,
  { params }: Context,
  handle: (actor: SignedIn, storyId: number) => Promise<Response>,
): Promise<Response> {
  return respondSignedIn(async (actor) => {
    const writer = request.headers.get(WRITER_HEADER)
    if (writer !== null && writer !== String(actor.id))
      return errorResponse(409, `${actor.name} is signed in here now.`)
    const { storyId } = await params
    return handle(actor, parseId(storyId) ?? 0)
  })
}

/** What a tab is told that knows fewer blocks than stories have by now: it would take them away. Null for one that knows them all. */
export function upgradeRequired(request: Request): Response | null {
  return isUnsupportedVersion(new URL(request.url).searchParams.get('edition'))
    ? errorResponse(UPGRADE_REQUIRED.status, UPGRADE_REQUIRED.message)
    : null
}

export function responseOf<Value>(outcome: Outcome<Value>): Response {
  if (outcome.ok) return Response.json(outcome.value, { headers: { [BUILD_HEADER]: env.build } })
  const { refusal } = outcome
  if (refusal.kind === 'not-found' && refusal.what === 'story') return notFound()
  return refusal.kind === 'not-permitted' ? notFound() : errorResponse(422, refusalSentence(refusal))
}

export const notFound = () => errorResponse(404, 'That story is no longer there, or no longer yours to write in.')
