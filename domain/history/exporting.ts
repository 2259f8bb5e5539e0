import { stringify } from 'csv-stringify/sync'
import type { NewsroomEvent } from './event'
import { findHistory, type HistoryEntry } from './queries'
import { sentence } from './sentence'

export const historyFormats = ['csv', 'json'] as const
export type HistoryFormat = (typeof historyFormats)[number]

/** A history of years never fits in memory. */
const BATCH_SIZE = 1000

const columns = ['number', 'time', 'who', 'story', 'event', 'sentence', 'before', 'details'] as const

/**
 * The history of one story, or (storyId null) of the newsroom, newest first, in chunks of a file. The caller checks permission.
 * `csv`: RFC 4180 with a header row, in UTF-8 with a byte order mark; no cell is read as a formula by a spreadsheet.
 * `json`: an array of objects with the same names; times are ISO 8601 in UTC.
 */
export async function* exportHistory(storyId: number | null, format: HistoryFormat): AsyncGenerator<string> {
  yield format === 'csv' ? `\ufeff${csvOf([[...columns]])}` : '['
  let isFirstBatch = true
  for await (const entries of batchesOf(storyId)) {
    if (format === 'csv') yield csvOf(entries.map(rowOf))
    else
      yield entries
        .map((entry, at) => `${isFirstBatch && at === 0 ? '\n' : ',\n'}${JSON.stringify(recordOf(entry))}`)
        .join('')
    isFirstBatch = false
  }
  if (format === 'json') yield '\n]\n'
}

async function* batchesOf(storyId: number | null): AsyncGenerator<HistoryEntry[]> {
  let before: string | null = null
  do {
    const { entries, olderCursor } = await findHistory({ storyId, before, limit: BATCH_SIZE })
    if (entries.length > 0) yield entries
    before = olderCursor
  } while (before !== null)
}

/** csv-stringify puts an apostrophe before signs that start a formula (OWASP, CSV injection). */
const csvOf = (rows: string[][]) => stringify(rows, { escape_formulas: true, record_delimiter: 'windows' })

function rowOf(entry: HistoryEntry): string[] {
  const { number, time, who, story, event, sentence, before, details } = recordOf(entry)
  const cellOf = (value: unknown) => (value == null ? '' : typeof value === 'string' ? value : JSON.stringify(value))
  return [String(number), time, who, cellOf(story), event, sentence, cellOf(before), JSON.stringify(details)]
}

/** All of the event, except the network address of a person who signed in. */
function recordOf({ id, happenedAt, actorName, storyId, event }: HistoryEntry) {
  const { type, before, address: _address, ...details } = { before: null, address: null, ...event }
  return {
    number: id,
    time: happenedAt.toISOString(),
    who: actorName,
    story: storyId,
    event: type satisfies NewsroomEvent['type'],
    sentence: sentence(event),
    before,
    details,
  }
}
