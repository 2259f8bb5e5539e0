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
    const code = /^\s+code: '(\w+)'/mu.exec(part)?.[1] ?? ''
    if (!isUnavailable(code)) return [{ line: withoutParams(part), isWarning: true }]
    const line = `The database is unavailable (${reasonIn(part) ?? code}). Pages and forms return 503 until it recovers.`
    const isNew = now - (this.loggedAt.get(code) ?? -Infinity) >= REPEAT_AFTER
    if (isNew) this.loggedAt.set(code, now)
    return [...(isNew ? [{ line, isWarning: true }] : []), ...splitLines(part, false)]
  }
}

/** The message of the innermost cause, or of the error itself; never a query. */
function reasonIn(part: string): string | undefined {
  const [first, ...causes] = [...part.matchAll(/^(?:⨯|\s+\[cause\]:) (?:\w+: )?(.+?)(?: \{)?$/gmu)].map(
    ([, message]) => message,
  )
  const reason = causes.at(-1) ?? first
  return reason?.startsWith('Failed query') ? undefined : reason
}

const splitLines = (part: string, isWarning: boolean): LogLine[] =>
  part
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => ({ line, isWarning }))

/** Removes the parameters of queries; the SQL with its placeholders stays. */
const withoutParams = (part: string) =>
  part
    .replace(/^params: .*?(?=^\s+at |^\s+query: |(?![\s\S]))/gmsu, '')
    .replace(/^(\s+)params: \[.*?^\1\]/gmsu, '$1params: […]')
    .trim()
