import { meansAway } from '@/db/absence'

/** A failure is said again after so long, however often it happens meanwhile. Milliseconds. */
const SAID_AGAIN_AFTER = 30_000

/** What is known of a failure may be words of a story that nobody has published: so much of it is for `debug` alone. */
type Said = { line: string; loud: boolean }

/** More than that is said as it is, whole or not. Characters. */
const LONGEST_PART = 4_000_000

/**
 * What the renderer says on one of its streams, made fit for a log: of a database that is away one sentence now and then, instead of forty lines for each page and each key
 * that somebody pressed; of another failure one entry, without what was asked for.
 */
export class RendererWords {
  private readonly saidAt = new Map<string, number>()
  private begun = ''

  /** @param output as it came. What does not end with its line is a part of something long, and waits for the rest: only whole is it known for what it is */
  hear(output: string, now = Date.now()): Said[] {
    this.begun += output
    if (!this.begun.endsWith('\n') && this.begun.length < LONGEST_PART) return []
    const whole = this.begun
    this.begun = ''
    return whole
      .split(/^(?=⨯ )/mu)
      .flatMap((part) => (part.startsWith('⨯ ') ? this.failure(part, now) : linesOf(part, true)))
  }

  private failure(part: string, now: number): Said[] {
    const code = /^\s+code: '(\w+)'/mu.exec(part)?.[1] ?? ''
    if (!meansAway(code)) return [{ line: withoutAnswers(part), loud: true }]
    const line = `The database cannot do what it is asked (${reasonIn(part) ?? code}). Pages and forms answer 503 until it can.`
    const isNew = now - (this.saidAt.get(code) ?? -Infinity) >= SAID_AGAIN_AFTER
    if (isNew) this.saidAt.set(code, now)
    return [...(isNew ? [{ line, loud: true }] : []), ...linesOf(part, false)]
  }
}

/** What stands innermost, or first where nothing is inside; never a question. */
function reasonIn(part: string): string | undefined {
  const [first, ...inside] = [...part.matchAll(/^(?:⨯|\s+\[cause\]:) (?:\w+: )?(.+?)(?: \{)?$/gmu)].map(
    ([, why]) => why,
  )
  const reason = inside.at(-1) ?? first
  return reason?.startsWith('Failed query') ? undefined : reason
}

const linesOf = (part: string, loud: boolean): Said[] =>
  part
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => ({ line, loud }))

/** What was asked stays, with $1 for each value; the values go. */
const withoutAnswers = (part: string) =>
  part
    .replace(/^params: .*?(?=^\s+at |^\s+query: |(?![\s\S]))/gmsu, '')
    .replace(/^(\s+)params: \[.*?^\1\]/gmsu, '$1params: […]')
    .trim()
