import { MAX_PRESENCE_LENGTH, broadcastPresence } from '@/domain/collaboration/presence/broadcasting'
import { errorResponse } from '../../../../signed-in-response'
import { forStoryEditor, notFound, type Context } from '../document-route'

/** Where somebody is in a story, told to everybody else who has it open. */
export function POST(request: Request, context: Context): Promise<Response> {
  return forStoryEditor(request, context, async (actor, storyId) => {
    // Without a length it is not one of our pages that asks.
    const length = Number(request.headers.get('content-length') ?? Infinity)
    if (!(length <= MAX_PRESENCE_LENGTH)) return errorResponse(413, 'That is too much.')
    const outcome = await broadcastPresence(actor, storyId, await request.json().catch(() => null))
    if (outcome === 'told') return Response.json({})
    if (outcome === 'not-there') return notFound()
    if (outcome === 'unreadable') return errorResponse(422, 'What arrived cannot be read.')
    const retryAfter = String(outcome.retryAfterSeconds)
    return errorResponse(429, 'That is said too often. Nothing is lost: wait a moment.', { 'retry-after': retryAfter })
  })
}
