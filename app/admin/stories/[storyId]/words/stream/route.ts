import { subscribeToStory, type StoryNotification } from '@/domain/collaboration/notifications'
import { broadcastLeave, canEditStory } from '@/domain/collaboration/presence/broadcasting'
import { isTabId } from '@/domain/collaboration/presence/presence'
import { eventNames, toWire } from '@/domain/collaboration/protocol'
import { StreamRegistry, type EventStream } from '@/domain/collaboration/sync/connection-limits'
import { actorReader } from '@/lib/session'
import { forStoryEditor, notFound, upgradeRequired, type Context } from '../document-route'

/** Sends a comment and checks the reader's right to the story. Milliseconds. */
const HEARTBEAT_INTERVAL = 15_000

/** Events that wait for a slow reader. */
const MAX_BUFFERED = 500

/** Where the story or the server is full, the tab polls and reconnects after this time. Seconds. */
const RETRY_AFTER = 60

/** A last presence of the tab may still be in flight when its stream ends, and would follow its leave. Milliseconds. */
const LEAVE_DELAY = 1000

const streams = new StreamRegistry()

/**
 * The notifications of a story as server-sent events, until the reader disconnects or loses the right to the story. An evicted stream ends with an
 * event, because EventSource exposes neither status nor headers.
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
    const reader = { storyId, userId: actor.id, tab, signal: request.signal, mayRead, onClose }
    return new Response(eventsOf(reader), {
      headers: { 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' },
    })
  })
}

type StreamReader = Omit<EventStream, 'close'> & {
  signal: AbortSignal
  mayRead: () => Promise<boolean>
  onClose: () => void
}

function eventsOf({ signal, mayRead, onClose, ...stream }: StreamReader): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let end = () => {}
  return new ReadableStream({
    start: (controller) => {
      const send = (text: string) => {
        // A reader that is too slow is disconnected, and syncs when it reconnects.
        if ((controller.desiredSize ?? 0) < -MAX_BUFFERED) end()
        else controller.enqueue(encoder.encode(text))
      }
      let isEvicted = false
      const close: EventStream['close'] = (reason) => {
        isEvicted = reason === 'evicted'
        if (isEvicted) send(evictedEvent(null))
        end()
      }
      // The first bytes open the EventSource.
      send('retry: 1000\n\n')
      const release = streams.register({ ...stream, close })
      if (release === null) {
        send(evictedEvent(RETRY_AFTER))
        return controller.close()
      }
      const unsubscribe = subscribeToStory(stream.storyId, (notification) => send(eventOf(notification)))
      const heartbeat = setInterval(() => {
        send(': heartbeat\n\n')
        // While the database is unavailable, the stream stays open.
        void mayRead().then(
          (may) => may || end(),
          () => undefined,
        )
      }, HEARTBEAT_INTERVAL)
      end = () => {
        end = () => {}
        clearInterval(heartbeat)
        release()
        unsubscribe()
        // The tab of an evicted stream is still open.
        if (!isEvicted) onClose()
        try {
          controller.close()
        } catch {
          // Closed by the reader.
        }
      }
      if (signal.aborted) end()
      else signal.addEventListener('abort', () => end(), { once: true })
    },
    cancel: () => end(),
  })
}

/** @param again seconds until the tab reconnects; null: when it is shown */
const evictedEvent = (again: number | null) => eventText('evicted', { again })

const eventOf = ({ kind, ...data }: StoryNotification) => eventText(kind, data)

const eventText = (name: keyof typeof eventNames, data: object) =>
  `event: ${eventNames[name]}\ndata: ${JSON.stringify(toWire(data))}\n\n`
