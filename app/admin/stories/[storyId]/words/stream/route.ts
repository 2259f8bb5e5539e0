import { canEditStory, broadcastLeave } from '@/domain/collaboration/presence/broadcasting'
import { subscribeToStory, type StoryNotification } from '@/domain/collaboration/notifications'
import { StreamRegistry } from '@/domain/collaboration/sync/connection-limits'
import { isTabId } from '@/domain/collaboration/presence/presence'
import { actorReader } from '@/lib/session'
import { forStoryEditor, notFound, upgradeRequired, type Context } from '../document-route'

/** Says that the line is open, and looks whether its reader may still hear. Milliseconds. */
const HEARTBEAT_EVERY = 15_000

/** So many events wait for a slow reader. */
const MAX_BUFFERED = 500

/** Whoever finds no room is told to come again after so long, and asks for others' words meanwhile. Seconds. */
const RETRY_AFTER = 60

/** What a tab said last may still be on its way when its stream ends, and would bring it back: it is told as gone after that. Milliseconds. */
const LEAVE_DELAY = 1000

const streams = new StreamRegistry()

/**
 * What others write in a story and where they are, as server-sent events. It ends when the reader goes or may not hear any more, and says `full` before
 * where there is no room: a browser reads neither status nor header of a stream.
 */
export function GET(request: Request, context: Context): Promise<Response> {
  return forStoryEditor(request, context, async (actor, storyId) => {
    const rejection = upgradeRequired(request)
    if (rejection) return rejection
    if (!(await canEditStory(actor, storyId))) return notFound()
    const readActor = await actorReader()
    const tabParameter = new URL(request.url).searchParams.get('tab')
    const tab = isTabId(tabParameter) ? tabParameter : null
    const mayRead = async () => {
      const now = await readActor()
      return now !== null && now.id === actor.id && (await canEditStory(now, storyId))
    }
    const onClose = () => {
      if (tab === null) return
      setTimeout(() => {
        if (!streams.isOpen(actor.id, tab)) broadcastLeave(actor, storyId, tab).catch(() => undefined)
      }, LEAVE_DELAY)
    }
    const reader = { storyId, userId: actor.id, tab, gone: request.signal, mayHear: mayRead, left: onClose }
    return new Response(eventsOf(reader), {
      headers: { 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' },
    })
  })
}

type StreamReader = {
  storyId: number
  userId: number
  tab: string | null
  gone: AbortSignal
  mayHear: () => Promise<boolean>
  left: () => void
}

function eventsOf({ gone, mayHear: mayRead, left: onClose, ...whose }: StreamReader): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let end = () => {}
  return new ReadableStream({
    start: (controller) => {
      const send = (text: string) => {
        // Whoever does not read is let go, and asks for what is missing when they come again.
        if ((controller.desiredSize ?? 0) < -MAX_BUFFERED) end()
        else controller.enqueue(encoder.encode(text))
      }
      let isEvicted = false
      const onEvicted = (reason: 'replaced' | 'crowded') => {
        isEvicted = reason === 'crowded'
        if (isEvicted) send(fullEvent(null))
        end()
      }
      // Begun at once, so that the reader knows that it hears.
      send('retry: 1000\n\n')
      const release = streams.register({ ...whose, close: onEvicted })
      if (release === null) {
        send(fullEvent(RETRY_AFTER))
        return controller.close()
      }
      const unsubscribe = subscribeToStory(whose.storyId, (notification) => send(eventOf(notification)))
      const heartbeat = setInterval(() => {
        send(': still here\n\n')
        // A database that is away says nothing about rights.
        void mayRead().then(
          (may) => may || end(),
          () => undefined,
        )
      }, HEARTBEAT_EVERY)
      end = () => {
        end = () => {}
        clearInterval(heartbeat)
        release()
        unsubscribe()
        // Whoever only gave way is still there.
        if (!isEvicted) onClose()
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
const fullEvent = (again: number | null) => `event: full\ndata: ${JSON.stringify({ again })}\n\n`

function eventOf({ kind, ...notification }: StoryNotification): string {
  return `event: ${kind}\ndata: ${JSON.stringify(notification)}\n\n`
}
