import { MAX_DOCUMENT_BYTES } from '@/domain/collaboration/document/validation'
import { broadcastPresenceHeader } from '@/domain/collaboration/presence/broadcasting'
import { decodeSyncRequest, PRESENCE_HEADER } from '@/domain/collaboration/protocol'
import { openDocument, syncDocument } from '@/domain/collaboration/sync/syncing'
import { errorResponse } from '../../../signed-in-response'
import { forStoryEditor, responseOf, upgradeRequired, type Context } from './document-route'

/** The state vector and the update. */
const MAX_REQUEST_BYTES = MAX_DOCUMENT_BYTES + 256 * 1024

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
    const query = new URL(request.url).searchParams
    const lineage = query.get('lineage') ?? ''
    const outcome = await syncDocument(actor, { storyId, lineage, whole: query.has('whole'), ...decoded })
    if (outcome.ok)
      await broadcastPresenceHeader(actor, storyId, request.headers.get(PRESENCE_HEADER)).catch(() => undefined)
    return responseOf(outcome)
  })
}
