import type { Sql, TransactionSql } from 'postgres'

/** A question or a change that takes longer is given up. Milliseconds. */
export const ANSWERED_WITHIN = { question: 1500, change: 5000 }

/** More than the pool can work on soon, those at work included; whoever comes then is told so at once. */
export const QUESTIONS_AT_ONCE = 200

/** After so many in a row that were not answered in time, the connections themselves are not trusted any more. */
const LATE_IN_A_ROW = 3

/** The database's absence, noticed by us and not by the network (db/absence.ts knows these codes). */
export class NoAnswer extends Error {
  constructor(
    readonly code: 'NO_ANSWER' | 'TOO_MANY_QUESTIONS',
    why: string,
  ) {
    super(why)
  }
}

/**
 * The same pool with a deadline on everything that is asked of it, and a bounded queue before it: a connection into a black hole never answers,
 * and the package, asked for more than it has connections, puts a question behind another on the same one, and breaks a change that it puts there.
 * @param connections how many the pool has
 * @param onSilence called once, when several in a row were not answered: the pool should be replaced
 */
export function askingInTime(pool: Sql, connections: number, onSilence: () => void): Sql {
  const line = new Line(connections, onSilence)
  const unsafe = (...question: Parameters<Sql['unsafe']>) => {
    const pending = pool.unsafe(...question)
    let asked: Promise<unknown> | undefined
    // Like the question it stands for, it is asked when somebody waits for the answer.
    const answer = () => (asked ??= line.wait(ANSWERED_WITHIN.question, () => pending))
    const standIn = {
      then: (...handlers: Parameters<Promise<unknown>['then']>) => answer().then(...handlers),
      catch: (handler: (error: unknown) => unknown) => answer().catch(handler),
      finally: (handler: () => void) => answer().finally(handler),
      values: () => {
        pending.values()
        return standIn
      },
    }
    return standIn
  }
  const begin = (change: (tx: unknown) => Promise<unknown>) =>
    line.wait(ANSWERED_WITHIN.change, (late) => {
      let over = false
      const begun = pool.begin(async (tx) => {
        const value = await endingWith(change(whileItLasts(tx, () => over || late())), () => over)
        // Who asked for it was told that nothing changed, so nothing may.
        if (late()) throw new NoAnswer('NO_ANSWER', 'The change took too long and was undone.')
        return value
      })
      const ends = () => void (over = true)
      begun.then(ends, ends)
      return begun
    })
  const instead: Record<PropertyKey, unknown> = { unsafe, begin }
  return new Proxy(pool, {
    get: (target, name) => (Object.hasOwn(instead, name) ? instead[name] : (Reflect.get(target, name) as unknown)),
  })
}

/**
 * What a change asks, for as long as it lasts. Its connection may be closed between two questions; the package (postgres 3.4.9) would write the next
 * one to no connection at all, which ends the process, or to a new one, where it would be kept by itself.
 */
function whileItLasts(tx: TransactionSql, isOver: () => boolean): TransactionSql {
  const ask = (question: () => unknown) => {
    if (isOver()) throw new NoAnswer('NO_ANSWER', 'The change ended before it was asked for all of it, and was undone.')
    return question()
  }
  return new Proxy(tx, {
    get: (target, name) =>
      name === 'unsafe'
        ? (...question: Parameters<Sql['unsafe']>) => ask(() => target.unsafe(...question))
        : (Reflect.get(target, name) as unknown),
    apply: (target, self, question) => ask(() => Reflect.apply(target, self, question) as unknown),
  })
}

/**
 * How a change ended; never, where its connection is closed by then: the package would write its `rollback` or `commit` to no connection, which ends
 * the process. Whoever waits has been told already, and the database has undone it by itself.
 */
async function endingWith<Value>(change: Promise<Value>, isOver: () => boolean): Promise<Value> {
  const stops = () => new Promise<never>(() => undefined)
  try {
    const value = await change
    return isOver() ? await stops() : value
  } catch (error) {
    // What a closing connection does to its question comes before the news that it is closed.
    await new Promise((resolve) => setImmediate(resolve))
    if (isOver()) await stops()
    throw error
  }
}

/** Those who wait for the database. */
class Line {
  private waiting = 0
  private lateInARow = 0
  private readonly queue: (() => void)[] = []

  constructor(
    private free: number,
    private readonly onSilence: () => void,
  ) {}

  /**
   * @param ask begins the work; it may look whether it is too late by now
   * @throws NoAnswer
   */
  async wait<Value>(milliseconds: number, ask: (late: () => boolean) => PromiseLike<Value>): Promise<Value> {
    if (this.waiting >= QUESTIONS_AT_ONCE)
      throw new NoAnswer('TOO_MANY_QUESTIONS', 'Too many questions are waiting for the database.')
    this.waiting += 1
    let [settled, late] = [false, false]
    let timer: NodeJS.Timeout | undefined
    const deadline = new Promise<never>((_resolve, reject) => {
      const giveUp = () => {
        if (settled) return
        late = true
        reject(new NoAnswer('NO_ANSWER', `The database did not answer within ${milliseconds} ms.`))
      }
      // An answer that came while this process was busy is read first: it is we who were slow, not the database.
      timer = setTimeout(() => setImmediate(giveUp), milliseconds)
    })
    try {
      return await Promise.race([this.inTurn(ask, () => late), deadline])
    } finally {
      settled = true
      clearTimeout(timer)
      this.waiting -= 1
      this.count(late)
    }
  }

  /** A turn lasts as long as its work, also when nobody waits for that any more: its connection is still taken. */
  private async inTurn<Value>(ask: (late: () => boolean) => PromiseLike<Value>, late: () => boolean): Promise<Value> {
    if (this.free > 0) this.free -= 1
    else await new Promise<void>((resolve) => this.queue.push(resolve))
    try {
      if (late()) throw new NoAnswer('NO_ANSWER', 'Its turn came too late.')
      return await ask(late)
    } finally {
      const next = this.queue.shift()
      if (next) next()
      else this.free += 1
    }
  }

  /** An error is an answer, too. */
  private count(late: boolean) {
    this.lateInARow = late ? this.lateInARow + 1 : 0
    if (this.lateInARow === LATE_IN_A_ROW) this.onSilence()
  }
}
