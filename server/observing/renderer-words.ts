import { meansAway } from '@/db/absence'

/** A failure is said again after so long, however often it happens meanwhile. Milliseconds. */
const SAID_AGAIN_AFTER = 30_000

/** What is known of a failure may be words of a story that nobody has published: so much of it is for `debug` alone. */
type Said = { line: string; loud: boolean }

/**
 * What the renderer says, made fit for a log: of a database that is away one sentence now and then, instead of forty lines for each page and each key
 * that somebody pressed; of another failure one entry, without what was asked for.
 */
export class RendererWords {
  private readonly saidAt = new Map<string, number>()

  /** @param output as it came, some lines at once */
  hear(output: string, now = Date.now()): Said[] {
    return output
      .split(/^(?=⨯ )/mu)
      .flatMap((part) => (part.startsWith('⨯ ') ? this.failure(part, now) : linesOf(part, true)))
  }

  private failure(part: string, now: number): Said[] {
    const code = /^\s+code: '(\w+)'/mu.exec(part)?.[1] ?? ''
    const cause = [...part.matchAll(/\[cause\]: (?:\w+: )?(.+?)(?: \{)?$/gmu)].at(-1)?.[1]
    if (!meansAway(code)) return [{ line: withoutAnswers(part), loud: true }]
    const line = `The database cannot do what it is asked (${cause ?? code}). Pages and forms answer 503 until it can.`
    const isNew = now - (this.saidAt.get(code) ?? -Infinity) >= SAID_AGAIN_AFTER
    if (isNew) this.saidAt.set(code, now)
    return [...(isNew ? [{ line, loud: true }] : []), ...linesOf(part, false)]
  }
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
