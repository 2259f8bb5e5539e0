import { tellAlong } from '@/domain/writing/attending'
import { LARGEST_DOCUMENT } from '@/domain/writing/document-check'
import { ALONG, readFrame } from '@/domain/writing/words-frame'
import { keepWords, openWords } from '@/domain/writing/writing'
import { said } from '../../../answer-signed-in'
import { answering, answerOf, outdated, type Context } from './answering'

/** Both vectors and the update; what is longer, the front door or the operation refuses. */
const LARGEST_FRAME = LARGEST_DOCUMENT + 256 * 1024

/** The words of a story as they are now: its shared document, for whoever begins to write. */
export function GET(request: Request, context: Context): Promise<Response> {
  return answering(
    request,
    context,
    async (actor, storyId) => outdated(request) ?? answerOf(await openWords(actor, { storyId })),
  )
}

/** Words on their way in; acknowledged when they are kept, and answered with those of others. */
export function POST(request: Request, context: Context): Promise<Response> {
  return answering(request, context, async (actor, storyId) => {
    const late = outdated(request)
    if (late) return late
    const bytes = new Uint8Array(await request.arrayBuffer())
    const frame = bytes.length > LARGEST_FRAME ? null : readFrame(bytes)
    if (frame === null) return said(422, 'What arrived cannot be read, so nothing was changed.')
    const asked = new URL(request.url).searchParams
    const lineage = asked.get('lineage') ?? ''
    const kept = await keepWords(actor, { storyId, lineage, whole: asked.has('whole'), ...frame })
    if (kept.ok) await tellAlong(actor, storyId, request.headers.get(ALONG)).catch(() => undefined)
    return answerOf(kept)
  })
}
