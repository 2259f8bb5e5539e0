import { logDatabaseUnavailable } from '@/lib/database-unavailable'
import { markRequestRead } from '@/lib/request-read'
import { currentActor, type SignedIn } from '@/lib/session'

/** The response to a request from a page that is open: 401 without a session, 503 when the database is unavailable. */
export async function respondSignedIn(respond: (actor: SignedIn) => Promise<Response>): Promise<Response> {
  markRequestRead()
  try {
    const actor = await currentActor()
    return actor ? await respond(actor) : errorResponse(401, 'You were signed out.')
  } catch (error) {
    logDatabaseUnavailable(error)
    return errorResponse(503, 'The newsroom is temporarily unavailable.')
  }
}

export function errorResponse(status: number, why: string, headers?: Record<string, string>): Response {
  return Response.json({ why }, { status, headers })
}
