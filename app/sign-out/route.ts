import { isDatabaseUnavailable } from '@/lib/database-unavailable'
import { markRequestRead } from '@/lib/request-read'
import { routes } from '@/lib/routes'
import { CLEARED_AFTER_SIGN_OUT, endSession } from '@/lib/session'

/** Ends this browser's session. The front door refuses cross-site requests. */
export async function POST(request: Request): Promise<Response> {
  // A response before the end of a body would end its connection.
  await request.arrayBuffer()
  markRequestRead()
  try {
    await endSession()
  } catch (error) {
    if (!isDatabaseUnavailable(error)) throw error
    return new Response('The newsroom is temporarily unavailable, so you are still signed in. Try again in a moment.', {
      status: 503,
      headers: { 'retry-after': '5' },
    })
  }
  return new Response(null, {
    status: 303,
    headers: { location: routes.signedOut, 'clear-site-data': CLEARED_AFTER_SIGN_OUT },
  })
}
