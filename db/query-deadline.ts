import type { Sql, TransactionSql } from 'postgres'
import { withDeadline } from '@/lib/deadline'

/** A question or a change that takes longer is given up. Milliseconds. */
export const DEADLINES = { query: 1500, transaction: 5000 }

/** More than the pool can work on soon, those at work included; whoever comes then is told so at once. */
export const MAX_PENDING_QUERIES = 200

/** After so many in a row that were not answered in time, the connections themselves are not trusted any more. */
const TIMEOUTS_BEFORE_REPLACEMENT = 3

/** The database's absence, noticed by us and not by the network (db/connection-errors.ts knows these codes). */
export class QueryTimeout extends Error {
  constructor(
    readonly code: 'NO_ANSWER' | 'TOO_MANY_QUESTIONS',
    message: string,
  ) {
    super(message)
  }
}

/**
 * The same pool with a deadline on everything that is asked of it, and a bounded queue before it: a connection into a black hole never answers,
 * and the package, asked for more than it has connections, puts a question behind another on the same one, and breaks a change that it puts there.
 * @param connections how many the pool has
 * @param onUnresponsive called once, when several in a row were not answered: the pool should be replaced
 */
export function withDeadlines(pool: Sql, connections: number, onUnresponsive: () => void): Sql {
  const queue = new QueryQueue(connections, onUnresponsive)
  const unsafe = (...parameters: Parameters<Sql['unsafe']>) => {
    const pending = pool.unsafe(...parameters)
    let result: Promise<unknown> | undefined
    // Like the question it stands for, it is asked when somebody waits for the answer.
    const execute = () => (result ??= queue.enqueue(DEADLINES.query, () => pending))
    const lazyQuery = {
      then: (...handlers: Parameters<Promise<unknown>['then']>) => execute().then(...handlers),
      catch: (handler: (error: unknown) => unknown) => execute().catch(handler),
      finally: (handler: () => void) => execute().finally(handler),
      values: () => {
        pending.values()
        return lazyQuery
      },
    }
    return lazyQuery
  }
  const begin = (work: (tx: unknown) => Promise<unknown>) =>
    queue.enqueue(DEADLINES.transaction, (late) => {
      let isClosed = false
      const transaction = pool.begin(async (tx) => {
        const value = await settleUnlessClosed(work(whileOpen(tx, () => isClosed || late())), () => isClosed)
        // Who asked for it was told that nothing changed, so nothing may.
        if (late()) throw new QueryTimeout('NO_ANSWER', 'The change took too long and was undone.')
        return value
      })
      const markClosed = () => void (isClosed = true)
      transaction.then(markClosed, markClosed)
      return transaction
    })
  const overrides: Record<PropertyKey, unknown> = { unsafe, begin }
  return new Proxy(pool, {
    get: (target, name) => (Object.hasOwn(overrides, name) ? overrides[name] : (Reflect.get(target, name) as unknown)),
  })
}

/**
 * What a change asks, for as long as it lasts. Its connection may be closed between two questions; the package (postgres 3.4.9) would write the next
 * one to no connection at all, which ends the process, or to a new one, where it would be kept by itself.
 */
function whileOpen(tx: TransactionSql, isClosed: () => boolean): TransactionSql {
  const run = (question: () => unknown) => {
    if (isClosed())
      throw new QueryTimeout('NO_ANSWER', 'The change ended before it was asked for all of it, and was undone.')
    return question()
  }
  return new Proxy(tx, {
    get: (target, name) =>
      name === 'unsafe'
        ? (...question: Parameters<Sql['unsafe']>) => run(() => target.unsafe(...question))
        : (Reflect.get(target, name) as unknown),
    apply: (target, self, question) => run(() => Reflect.apply(target, self, question) as unknown),
  })
}

/**
 * How a change ended; never, where its connection is closed by then: the package would write its `rollback` or `commit` to no connection, which ends
 * the process. Whoever waits has been told already, and the database has undone it by itself.
 */
async function settleUnlessClosed<Value>(work: Promise<Value>, isClosed: () => boolean): Promise<Value> {
  const never = () => new Promise<never>(() => undefined)
  try {
    const value = await work
    return isClosed() ? await never() : value
  } catch (error) {
    // What a closing connection does to its question comes before the news that it is closed.
    await new Promise((resolve) => setImmediate(resolve))
    if (isClosed()) await never()
    throw error
  }
}

/** Those who wait for the database. */
class QueryQueue {
  private pending = 0
  private consecutiveTimeouts = 0
  private readonly waiters: (() => void)[] = []

  constructor(
    private idle: number,
    private readonly onUnresponsive: () => void,
  ) {}

  /**
   * @param run begins the work; it may look whether it is too late by now
   * @throws NoAnswer
   */
  async enqueue<Value>(milliseconds: number, run: (hasExpired: () => boolean) => PromiseLike<Value>): Promise<Value> {
    if (this.pending >= MAX_PENDING_QUERIES)
      throw new QueryTimeout('TOO_MANY_QUESTIONS', 'Too many questions are waiting for the database.')
    this.pending += 1
    let hasExpired = false
    const work = this.withConnection(run, () => hasExpired)
    try {
      return await withDeadline(milliseconds, work, () => {
        hasExpired = true
        throw new QueryTimeout('NO_ANSWER', `The database did not answer within ${milliseconds} ms.`)
      })
    } finally {
      this.pending -= 1
      this.countTimeout(hasExpired)
    }
  }

  /** A turn lasts as long as its work, also when nobody waits for that any more: its connection is still taken. */
  private async withConnection<Value>(
    run: (hasExpired: () => boolean) => PromiseLike<Value>,
    hasExpired: () => boolean,
  ): Promise<Value> {
    if (this.idle > 0) this.idle -= 1
    else await new Promise<void>((resolve) => this.waiters.push(resolve))
    try {
      if (hasExpired()) throw new QueryTimeout('NO_ANSWER', 'Its turn came too late.')
      return await run(hasExpired)
    } finally {
      const next = this.waiters.shift()
      if (next) next()
      else this.idle += 1
    }
  }

  /** An error is an answer, too. */
  private countTimeout(hasExpired: boolean) {
    this.consecutiveTimeouts = hasExpired ? this.consecutiveTimeouts + 1 : 0
    if (this.consecutiveTimeouts === TIMEOUTS_BEFORE_REPLACEMENT) this.onUnresponsive()
  }
}
