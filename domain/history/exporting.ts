import { stringify } from 'csv-stringify/sync'
import type { NewsroomEvent } from './event'
import { recallHistory, type HistoryLine } from './recalling'
import { sentence } from './sentence'

export const historyFormats = ['csv', 'json'] as const
export type HistoryFormat = (typeof historyFormats)[number]

/** So many lines are read at once: a history of years is never in memory whole. */
const LINES_AT_ONCE = 1000

const columns = ['number', 'time', 'who', 'story', 'event', 'sentence', 'before', 'details'] as const

/**
 * The history of one story, or (storyId null) of the newsroom, newest first, as the pieces of a file. Whoever asks has permission already.
 * `csv`: RFC 4180 with a heading, in UTF-8 with a byte order mark, and with nothing in it that a spreadsheet would take for a formula.
 * `json`: an array of objects with the same names; times are ISO 8601 in UTC.
 */
export async function* exportHistory(storyId: number | null, format: HistoryFormat): AsyncGenerator<string> {
  yield format === 'csv' ? `\ufeff${asCsv([[...columns]])}` : '['
  let isFirst = true
  for await (const lines of piecesOf(storyId)) {
    if (format === 'csv') yield asCsv(lines.map(asRow))
    else
      yield lines.map((line, at) => `${isFirst && at === 0 ? '\n' : ',\n'}${JSON.stringify(asRecord(line))}`).join('')
    isFirst = false
  }
  if (format === 'json') yield '\n]\n'
}

async function* piecesOf(storyId: number | null): AsyncGenerator<HistoryLine[]> {
  let before: string | null = null
  do {
    const { lines, olderPlace } = await recallHistory({ storyId, before, atOnce: LINES_AT_ONCE })
    if (lines.length > 0) yield lines
    before = olderPlace
  } while (before !== null)
}

/** Formulas begin with one of these signs (OWASP, CSV injection); csv-stringify puts an apostrophe before them. */
const asCsv = (rows: string[][]) => stringify(rows, { escape_formulas: true, record_delimiter: 'windows' })

function asRow(line: HistoryLine): string[] {
  const { number, time, who, story, event, sentence, before, details } = asRecord(line)
  const asCell = (value: unknown) => (value == null ? '' : typeof value === 'string' ? value : JSON.stringify(value))
  return [String(number), time, who, asCell(story), event, sentence, asCell(before), JSON.stringify(details)]
}

/** A line as it leaves the house: all of its event but the network address of whoever signed in. */
function asRecord({ id, happenedAt, actorName, storyId, event }: HistoryLine) {
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
