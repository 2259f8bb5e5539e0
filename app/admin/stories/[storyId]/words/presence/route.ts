import { LONGEST_PRESENCE, tellPresence } from '@/domain/writing/attending'
import { said } from '../../../../answer-signed-in'
import { answering, notThere, type Context } from '../answering'

/** Where somebody is in a story, told to everybody else who has it open. */
export function POST(request: Request, context: Context): Promise<Response> {
  return answering(request, context, async (actor, storyId) => {
    // Without a length it is not one of our pages that asks.
    const length = Number(request.headers.get('content-length') ?? Infinity)
    if (!(length <= LONGEST_PRESENCE)) return said(413, 'That is too much.')
    const told = await tellPresence(actor, storyId, await request.json().catch(() => null))
    if (told === 'told') return Response.json({})
    if (told === 'not-there') return notThere()
    if (told === 'unreadable') return said(422, 'What arrived cannot be read.')
    const wait = String(told.retryAfterSeconds)
    return said(429, 'That is said too often. Nothing is lost: wait a moment.', { 'retry-after': wait })
  })
}
