import { exportHistory, historyFormats, type HistoryFormat } from '@/domain/history/exporting'
import { isDatabaseUnavailable } from '@/lib/database-unavailable'

const contentTypes: Record<HistoryFormat, string> = {
  csv: 'text/csv; charset=utf-8; header=present',
  json: 'application/json; charset=utf-8',
}

/**
 * The response with a history as a file; 404 for an unknown format.
 * @param isAllowed false: 404
 */
export async function historyFile(
  request: Request,
  name: string,
  storyId: number | null,
  isAllowed: () => Promise<boolean>,
): Promise<Response> {
  try {
    const requested = new URL(request.url).searchParams.get('as')
    const format = historyFormats.find((candidate) => candidate === requested)
    if (format === undefined || !(await isAllowed())) return new Response('There is nothing here.\n', { status: 404 })
    const day = new Date().toISOString().slice(0, 10)
    return new Response(toByteStream(exportHistory(storyId, format)), {
      headers: {
        'content-type': contentTypes[format],
        'content-disposition': `attachment; filename="${name}-${day}.${format}"`,
        'cache-control': 'no-store',
      },
    })
  } catch (error) {
    if (!isDatabaseUnavailable(error)) throw error
    return new Response('The newsroom is temporarily unavailable. Try again in a minute.\n', { status: 503 })
  }
}

/** Reads a chunk whenever the consumer pulls. */
function toByteStream(chunks: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    pull: async (controller) => {
      const { done, value } = await chunks.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    cancel: async () => void (await chunks.return(undefined)),
  })
}
