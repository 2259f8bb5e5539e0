import { broadcastPresence, MAX_PRESENCE_LENGTH } from '@/domain/collaboration/presence/broadcasting'
import { errorResponse } from '../../../../signed-in-response'
import { forStoryEditor, notFound, type Context } from '../document-route'

/** Sends the presence of a tab to all editors of the story. */
export function POST(request: Request, context: Context): Promise<Response> {
  return forStoryEditor(request, context, async (actor, storyId) => {
    // Browsers send the length.
    const length = Number(request.headers.get('content-length') ?? Infinity)
    if (!(length <= MAX_PRESENCE_LENGTH)) return errorResponse(413, 'That is too much.')
    const outcome = await broadcastPresence(actor, storyId, await request.json().catch(() => null))
    if (outcome === 'sent') return Response.json({})
    if (outcome === 'not-found') return notFound()
    if (outcome === 'invalid') return errorResponse(422, 'What arrived cannot be read.')
    const retryAfter = String(outcome.retryAfterSeconds)
    return errorResponse(429, 'That is said too often. Nothing is lost: wait a moment.', { 'retry-after': retryAfter })
  })
}
