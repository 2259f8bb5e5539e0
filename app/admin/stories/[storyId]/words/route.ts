import { MAX_DOCUMENT_BYTES } from '@/domain/collaboration/document/validation'
import { broadcastPresenceHeader, canEditStory } from '@/domain/collaboration/presence/broadcasting'
import { decodeSyncRequest, PRESENCE_HEADER } from '@/domain/collaboration/protocol'
import { checkMerge } from '@/domain/collaboration/sync/merge-checking'
import { openDocument, syncDocument } from '@/domain/collaboration/sync/syncing'
import { errorResponse } from '../../../signed-in-response'
import { forStoryEditor, responseOf, upgradeRequired, type Context } from './document-route'

/** The state vector and the update. */
const MAX_REQUEST_BYTES = MAX_DOCUMENT_BYTES + 256 * 1024

const TOO_MUCH =
  'This is too much to be merged at once, so nothing was changed: your text stays on this device. Copy what is new, load the page again and paste it in.'

/** The whole document. */
export function GET(request: Request, context: Context): Promise<Response> {
  return forStoryEditor(
    request,
    context,
    async (actor, storyId) => upgradeRequired(request) ?? responseOf(await openDocument(actor, { storyId })),
  )
}

/** Merges an update; responds after the commit, with the updates of others. */
export function POST(request: Request, context: Context): Promise<Response> {
  return forStoryEditor(request, context, async (actor, storyId) => {
    const rejection = upgradeRequired(request)
    if (rejection) return rejection
    const bytes = new Uint8Array(await request.arrayBuffer())
    const decoded = bytes.length > MAX_REQUEST_BYTES ? null : decodeSyncRequest(bytes)
    if (decoded === null) return errorResponse(422, 'What arrived cannot be read, so nothing was changed.')
    // Before the story is locked. Whoever may not write in it is refused below.
    const check = (await canEditStory(actor, storyId)) ? await checkMerge(storyId, decoded.update) : 'fine'
    if (check === 'busy') return errorResponse(503, 'The newsroom is temporarily unavailable.', { 'retry-after': '5' })
    if (check === 'too-much') return errorResponse(422, TOO_MUCH)
    const query = new URL(request.url).searchParams
    const lineage = query.get('lineage') ?? ''
    const outcome = await syncDocument(actor, { storyId, lineage, whole: query.has('whole'), ...decoded })
    if (outcome.ok)
      await broadcastPresenceHeader(actor, storyId, request.headers.get(PRESENCE_HEADER)).catch(() => undefined)
    return responseOf(outcome)
  })
}
