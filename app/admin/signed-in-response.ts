import { logDatabaseUnavailable } from '@/lib/database-unavailable'
import { currentActor, type SignedIn } from '@/lib/session'

/** What an open page of the newsroom gets that asks for something beside itself: nobody is signed in (401) and the database is away (503) are said in a sentence. */
export async function respondSignedIn(respond: (actor: SignedIn) => Promise<Response>): Promise<Response> {
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
