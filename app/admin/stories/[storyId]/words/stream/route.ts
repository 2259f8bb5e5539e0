import { mayWrite, tellGone } from '@/domain/writing/attending'
import { listenToStory, type Heard } from '@/domain/writing/listening'
import { OpenStreams } from '@/domain/writing/open-streams'
import { isTabName } from '@/domain/writing/presence'
import { actorAgain } from '@/lib/session'
import { answering, notThere, outdated, type Context } from '../answering'

/** Says that the line is open, and looks whether its reader may still hear. Milliseconds. */
const HEARTBEAT_EVERY = 15_000

/** So many events wait for a slow reader. */
const UNREAD_AT_MOST = 500

/** Whoever finds no room is told to come again after so long, and asks for others' words meanwhile. Seconds. */
const COMES_AGAIN_AFTER = 60

/** What a tab said last may still be on its way when its stream ends, and would bring it back: it is told as gone after that. Milliseconds. */
const GONE_AFTER = 1000

const streams = new OpenStreams()

/**
 * What others write in a story and where they are, as server-sent events. It ends when the reader goes or may not hear any more, and says `full` before
 * where there is no room: a browser reads neither status nor header of a stream.
 */
export function GET(request: Request, context: Context): Promise<Response> {
  return answering(request, context, async (actor, storyId) => {
    const late = outdated(request)
    if (late) return late
    if (!(await mayWrite(actor, storyId))) return notThere()
    const again = await actorAgain()
    const asked = new URL(request.url).searchParams.get('tab')
    const tab = isTabName(asked) ? asked : null
    const mayHear = async () => {
      const now = await again()
      return now !== null && now.id === actor.id && (await mayWrite(now, storyId))
    }
    const left = () => {
      if (tab === null) return
      setTimeout(() => {
        if (!streams.isOpen(actor.id, tab)) tellGone(actor, storyId, tab).catch(() => undefined)
      }, GONE_AFTER)
    }
    const reader = { storyId, userId: actor.id, tab, gone: request.signal, mayHear, left }
    return new Response(eventsOf(reader), {
      headers: { 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' },
    })
  })
}

type Reader = {
  storyId: number
  userId: number
  tab: string | null
  gone: AbortSignal
  mayHear: () => Promise<boolean>
  left: () => void
}

function eventsOf({ gone, mayHear, left, ...whose }: Reader): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let end = () => {}
  return new ReadableStream({
    start: (controller) => {
      const say = (text: string) => {
        // Whoever does not read is let go, and asks for what is missing when they come again.
        if ((controller.desiredSize ?? 0) < -UNREAD_AT_MOST) end()
        else controller.enqueue(encoder.encode(text))
      }
      let isCrowded = false
      const giveWay = (why: 'replaced' | 'crowded') => {
        isCrowded = why === 'crowded'
        if (isCrowded) say(full(null))
        end()
      }
      // Begun at once, so that the reader knows that it hears.
      say('retry: 1000\n\n')
      const leave = streams.add({ ...whose, end: giveWay })
      if (leave === null) {
        say(full(COMES_AGAIN_AFTER))
        return controller.close()
      }
      const deafen = listenToStory(whose.storyId, (heard) => say(eventOf(heard)))
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
        leave()
        deafen()
        // Whoever only gave way is still there.
        if (!isCrowded) left()
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

/** @param again after how many seconds there may be room; null: when somebody looks at this tab again */
const full = (again: number | null) => `event: full\ndata: ${JSON.stringify({ again })}\n\n`

function eventOf({ kind, ...heard }: Heard): string {
  return `event: ${kind}\ndata: ${JSON.stringify(heard)}\n\n`
}
