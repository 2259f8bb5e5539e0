import { isUnavailable } from '@/db/connection-errors'

/** A failure is said again after so long, however often it happens meanwhile. Milliseconds. */
const REPEAT_AFTER = 30_000

/** What is known of a failure may be words of a story that nobody has published: so much of it is for `debug` alone. */
type LogLine = { line: string; loud: boolean }

/** More than that is said as it is, whole or not. Characters. */
const MAX_PENDING = 4_000_000

/**
 * What the renderer says on one of its streams, made fit for a log: of a database that is away one sentence now and then, instead of forty lines for each page and each key
 * that somebody pressed; of another failure one entry, without what was asked for.
 */
export class RendererLog {
  private readonly loggedAt = new Map<string, number>()
  private pending = ''

  /** @param output as it came. What does not end with its line is a part of something long, and waits for the rest: only whole is it known for what it is */
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
    if (!isUnavailable(code)) return [{ line: withoutParams(part), loud: true }]
    const line = `The database cannot do what it is asked (${reasonIn(part) ?? code}). Pages and forms answer 503 until it can.`
    const isNew = now - (this.loggedAt.get(code) ?? -Infinity) >= REPEAT_AFTER
    if (isNew) this.loggedAt.set(code, now)
    return [...(isNew ? [{ line, loud: true }] : []), ...splitLines(part, false)]
  }
}

/** What stands innermost, or first where nothing is inside; never a question. */
function reasonIn(part: string): string | undefined {
  const [first, ...causes] = [...part.matchAll(/^(?:⨯|\s+\[cause\]:) (?:\w+: )?(.+?)(?: \{)?$/gmu)].map(
    ([, message]) => message,
  )
  const reason = causes.at(-1) ?? first
  return reason?.startsWith('Failed query') ? undefined : reason
}

const splitLines = (part: string, loud: boolean): LogLine[] =>
  part
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => ({ line, loud }))

/** What was asked stays, with $1 for each value; the values go. */
const withoutParams = (part: string) =>
  part
    .replace(/^params: .*?(?=^\s+at |^\s+query: |(?![\s\S]))/gmsu, '')
    .replace(/^(\s+)params: \[.*?^\1\]/gmsu, '$1params: […]')
    .trim()
