import {
  BUILD_HEADER,
  isUnsupportedVersion,
  toWire,
  UPGRADE_REQUIRED,
  WRITER_HEADER,
} from '@/domain/collaboration/protocol'
import type { Outcome } from '@/domain/operation'
import { refusalSentence } from '@/domain/refusal-sentence'
import { env } from '@/lib/env'
import type { SignedIn } from '@/lib/session'
import { parseId } from '../../../params'
import { errorResponse, respondSignedIn } from '../../../signed-in-response'

export type Context = { params: Promise<{ storyId: string }> }

/** Calls `handle` for a signed-in person, who must be the same as when the page was opened. Tabs of older builds use these addresses. */
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

/** The response to a tab of an earlier protocol version; null for all others. */
export function upgradeRequired(request: Request): Response | null {
  return isUnsupportedVersion(new URL(request.url).searchParams.get('edition'))
    ? errorResponse(UPGRADE_REQUIRED.status, UPGRADE_REQUIRED.message)
    : null
}

export function responseOf(outcome: Outcome<object>): Response {
  if (outcome.ok) return Response.json(toWire(outcome.value), { headers: { [BUILD_HEADER]: env.build } })
  const { refusal } = outcome
  if (refusal.kind === 'not-found' && refusal.what === 'story') return notFound()
  return refusal.kind === 'not-permitted' ? notFound() : errorResponse(422, refusalSentence(refusal))
}

export const notFound = () => errorResponse(404, 'That story is no longer there, or no longer yours to write in.')
