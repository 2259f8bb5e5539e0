import { isUnavailable } from '@/db/connection-errors'

/** A failure is logged at most once in this time. Milliseconds. */
const REPEAT_AFTER = 30_000

/** Details of a failure may hold text of an unpublished story: those lines are no warnings, and logged at `debug` only. */
type LogLine = { line: string; isWarning: boolean }

/** More than this is logged even if it is incomplete. Characters. */
const MAX_PENDING = 4_000_000

/**
 * Turns one output stream of the renderer into log lines: one sentence in 30 s while the database is unavailable, where Next writes forty lines for
 * each request; one entry without query parameters for any other failure.
 */
export class RendererLog {
  private readonly loggedAt = new Map<string, number>()
  private pending = ''

  /** @param output a chunk; one that does not end with a line break is kept until the rest arrives */
  write(output: string, now = Date.now()): LogLine[] {
    this.pending += output
    if (!this.pending.endsWith('\n') && this.pending.length < MAX_PENDING) return []
    const complete = this.pending
    this.pending = ''
    return complete
      .split(/^(?=⨯ )/mu)
      .flatMap((part) => (part.startsWith('⨯ ') ? this.failure(part, now) : splitLines(part, true)))
  }

  private failure(part: string, now: number): LogLine[] {
    const code = firstMatch(part, /^\s+code: '(\w+)'/u) ?? ''
    // The connection to the front door was closed, because its client went away. By where it arose: the code is that of a lost database too.
    if (FROM_HTTP_SERVER.test(part)) return splitLines(part, false)
    if (!isUnavailable(code)) return [{ line: withoutParams(part), isWarning: true }]
    const line = `The database is unavailable (${reasonIn(part) ?? code}). Pages and forms return 503 until it recovers.`
    const isNew = now - (this.loggedAt.get(code) ?? -Infinity) >= REPEAT_AFTER
    if (isNew) this.loggedAt.set(code, now)
    return [...(isNew ? [{ line, isWarning: true }] : []), ...splitLines(part, false)]
  }
}

/** Where Node reports that the client of an HTTP server has closed its connection. */
const FROM_HTTP_SERVER = /^ +at (?:abortIncoming|socketOnClose) \(node:_http_server/mu

/** The message of the innermost cause, or of the error itself; never a query. */
function reasonIn(part: string): string | undefined {
  const [first, ...causes] = matches(part, /^(?:⨯|\s+\[cause\]:) (?:\w+: )?(.+?)(?: \{)?$/u)
  const reason = causes.at(-1) ?? first
  return reason?.startsWith('Failed query') ? undefined : reason
}

/** The first group of a pattern in each line. Patterns over many lines take quadratic time. */
const matches = (part: string, pattern: RegExp): string[] =>
  part.split('\n').flatMap((line) => pattern.exec(line)?.[1] ?? [])

const firstMatch = (part: string, pattern: RegExp): string | undefined => matches(part, pattern)[0]

const splitLines = (part: string, isWarning: boolean): LogLine[] =>
  part
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => ({ line, isWarning }))

/** Removes the parameters of queries; the SQL with its placeholders stays. */
function withoutParams(part: string): string {
  const kept: string[] = []
  let endsParams: ((line: string) => boolean) | null = null
  for (const line of part.split('\n')) {
    if (endsParams?.(line)) {
      endsParams = null
      if (line.trim() === ']' || line.trim() === '],') continue
    }
    if (endsParams !== null) continue
    const [, indent] = /^(\s+)params: \[/u.exec(line) ?? []
    if (indent !== undefined) {
      kept.push(`${indent}params: […],`)
      if (!/\],?$/u.test(line)) endsParams = (later) => later === `${indent}]` || later === `${indent}],`
    } else if (line.startsWith('params: ')) endsParams = (later) => /^\s+(?:at|query:) /u.test(later)
    else kept.push(line)
  }
  return kept.join('\n').trim()
}
