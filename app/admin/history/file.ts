import { exportHistory, historyFormats, type HistoryFormat } from '@/domain/history/exporting'
import { isDatabaseAway } from '@/lib/database-away'

const typeOf: Record<HistoryFormat, string> = {
  csv: 'text/csv; charset=utf-8; header=present',
  json: 'application/json; charset=utf-8',
}

/**
 * A history as a file to be saved.
 * @param mayHave asks for permission; false: there is nothing here for this person
 */
export async function historyFile(
  request: Request,
  name: string,
  storyId: number | null,
  mayHave: () => Promise<boolean>,
): Promise<Response> {
  try {
    const asked = new URL(request.url).searchParams.get('as')
    const format = historyFormats.find((known) => known === asked)
    if (format === undefined || !(await mayHave())) return new Response('There is nothing here.\n', { status: 404 })
    const day = new Date().toISOString().slice(0, 10)
    return new Response(inBytes(exportHistory(storyId, format)), {
      headers: {
        'content-type': typeOf[format],
        'content-disposition': `attachment; filename="${name}-${day}.${format}"`,
        'cache-control': 'no-store',
      },
    })
  } catch (error) {
    if (!isDatabaseAway(error)) throw error
    return new Response('The newsroom is temporarily unavailable. Try again in a minute.\n', { status: 503 })
  }
}

/** One piece at a time, as fast as it is taken. */
function inBytes(pieces: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    pull: async (controller) => {
      const { done, value } = await pieces.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    cancel: async () => void (await pieces.return(undefined)),
  })
}
