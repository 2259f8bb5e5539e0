import { isDatabaseUnavailable } from '@/lib/database-unavailable'
import { routes } from '@/lib/routes'
import { endSession } from '@/lib/session'

/** Ends this browser's session. Only a form posts here; the front door has turned away what comes from other sites. */
export async function POST(): Promise<Response> {
  try {
    await endSession()
  } catch (error) {
    if (!isDatabaseUnavailable(error)) throw error
    return new Response('The newsroom is temporarily unavailable, so you are still signed in. Try again in a moment.', {
      status: 503,
      headers: { 'retry-after': '5' },
    })
  }
  return new Response(null, { status: 303, headers: { location: routes.signIn } })
}
