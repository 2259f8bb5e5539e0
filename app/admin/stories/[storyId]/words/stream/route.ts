import { mayWrite, tellPresence } from '@/domain/writing/attending'
import { listenToStory, type Heard } from '@/domain/writing/listening'
import { isTabName } from '@/domain/writing/presence'
import { actorAgain } from '@/lib/session'
import { answering, notThere, outdated, type Context } from '../answering'

/** Says that the line is open, and looks whether its reader may still hear. Milliseconds. */
const HEARTBEAT_EVERY = 15_000

/** So many events wait for a slow reader. */
const UNREAD_AT_MOST = 500

/** What others write in a story and where they are, as server-sent events. It ends when the reader goes or may not hear any more. */
export function GET(request: Request, context: Context): Promise<Response> {
  return answering(request, context, async (actor, storyId) => {
    const late = outdated(request)
    if (late) return late
    if (!(await mayWrite(actor, storyId))) return notThere()
    const again = await actorAgain()
    const tab = new URL(request.url).searchParams.get('tab')
    const mayHear = async () => {
      const now = await again()
      return now !== null && now.id === actor.id && (await mayWrite(now, storyId))
    }
    const left = async () => {
      if (isTabName(tab)) await tellPresence(actor, storyId, { tab, field: null, gone: true })
    }
    const events = eventsOf(storyId, { gone: request.signal, mayHear, left })
    return new Response(events, {
      headers: { 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' },
    })
  })
}

type Reader = { gone: AbortSignal; mayHear: () => Promise<boolean>; left: () => Promise<void> }

function eventsOf(storyId: number, { gone, mayHear, left }: Reader): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let end = () => {}
  return new ReadableStream({
    start: (controller) => {
      const say = (text: string) => {
        // Whoever does not read is let go, and asks for what is missing when they come again.
        if ((controller.desiredSize ?? 0) < -UNREAD_AT_MOST) end()
        else controller.enqueue(encoder.encode(text))
      }
      // Begun at once, so that the reader knows that it hears.
      say('retry: 1000\n\n')
      const deafen = listenToStory(storyId, (heard) => say(eventOf(heard)))
      const heartbeat = setInterval(() => {
        say(': still here\n\n')
        // A database that is away says nothing about rights.
        void mayHear().then(
          (may) => may || end(),
          () => undefined,
        )
      }, HEARTBEAT_EVERY)
      end = () => {
        end = () => {}
        clearInterval(heartbeat)
        deafen()
        left().catch(() => undefined)
        try {
          controller.close()
        } catch {
          // Whoever went closed it already.
        }
      }
      if (gone.aborted) end()
      else gone.addEventListener('abort', () => end(), { once: true })
    },
    cancel: () => end(),
  })
}

function eventOf({ kind, ...heard }: Heard): string {
  return `event: ${kind}\ndata: ${JSON.stringify(heard)}\n\n`
}
