import type { Sql, TransactionSql } from 'postgres'
import { withDeadline } from '@/lib/deadline'

/** Milliseconds, time in the queue included. */
export const DEADLINES = { query: 1500, transaction: 5000 }

/** Running and queued together; further ones fail at once. */
export const MAX_PENDING_QUERIES = 200

/** After so many consecutive timeouts the connections count as broken. */
const TIMEOUTS_BEFORE_REPLACEMENT = 3

/** The database is unavailable for this process, although no connection failed; the codes are in `connection-errors.ts`. */
export class QueryTimeout extends Error {
  constructor(
    readonly code: 'QUERY_TIMEOUT' | 'QUEUE_FULL',
    message: string,
  ) {
    super(message)
  }
}

/**
 * The same pool with a deadline for every query and transaction, and a bounded queue. A connection whose packets are dropped never fails by itself.
 * Without the queue postgres.js pipelines a query behind another one when all connections are busy, and breaks a transaction that it pipelines.
 * @param connections the size of the pool
 * @param onUnresponsive called once, after several consecutive timeouts: the pool should be replaced
 */
export function withDeadlines(pool: Sql, connections: number, onUnresponsive: () => void): Sql {
  const queue = new QueryQueue(connections, onUnresponsive)
  const unsafe = (...parameters: Parameters<Sql['unsafe']>) => {
    const pending = pool.unsafe(...parameters)
    let result: Promise<unknown> | undefined
    // Like a query of postgres.js, it runs when it is awaited.
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
    queue.enqueue(DEADLINES.transaction, (hasExpired) => {
      let isClosed = false
      const transaction = pool.begin(async (tx) => {
        const value = await settleUnlessClosed(work(whileOpen(tx, () => isClosed || hasExpired())), () => isClosed)
        // The caller has already received a timeout, so nothing may be committed.
        if (hasExpired()) throw new QueryTimeout('QUERY_TIMEOUT', 'The transaction took too long and was rolled back.')
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
 * The transaction, as long as it is open. Its connection may be closed between two queries. Then postgres 3.4.9 writes the next query to a connection
 * that is undefined, which ends the process, or to a new one, where it is committed by itself.
 */
function whileOpen(tx: TransactionSql, isClosed: () => boolean): TransactionSql {
  const run = (query: () => unknown) => {
    if (isClosed()) throw new QueryTimeout('QUERY_TIMEOUT', 'The transaction is closed and was rolled back.')
    return query()
  }
  return new Proxy(tx, {
    get: (target, name) =>
      name === 'unsafe'
        ? (...parameters: Parameters<Sql['unsafe']>) => run(() => target.unsafe(...parameters))
        : (Reflect.get(target, name) as unknown),
    apply: (target, self, parameters) => run(() => Reflect.apply(target, self, parameters) as unknown),
  })
}

/**
 * Settles like the work, but never once the connection is closed: postgres.js would write `rollback` or `commit` to a connection that is undefined, which
 * ends the process. The caller has its error already, and the database has rolled back.
 */
async function settleUnlessClosed<Value>(work: Promise<Value>, isClosed: () => boolean): Promise<Value> {
  const never = () => new Promise<never>(() => undefined)
  try {
    const value = await work
    return isClosed() ? await never() : value
  } catch (error) {
    // A closing connection rejects its query first and reports that it is closed afterwards.
    await new Promise((resolve) => setImmediate(resolve))
    if (isClosed()) await never()
    throw error
  }
}

/** As many entries run at once as there are connections; the others wait in order. */
class QueryQueue {
  private pending = 0
  private consecutiveTimeouts = 0
  private readonly waiters: (() => void)[] = []

  constructor(
    private idle: number,
    private readonly onUnresponsive: () => void,
  ) {}

  /**
   * @param run starts the work, and may check whether the deadline has passed
   * @throws QueryTimeout
   */
  async enqueue<Value>(milliseconds: number, run: (hasExpired: () => boolean) => PromiseLike<Value>): Promise<Value> {
    if (this.pending >= MAX_PENDING_QUERIES)
      throw new QueryTimeout('QUEUE_FULL', 'Too many queries are waiting for the database.')
    this.pending += 1
    let hasExpired = false
    const work = this.withConnection(run, () => hasExpired)
    try {
      return await withDeadline(milliseconds, work, () => {
        hasExpired = true
        throw new QueryTimeout('QUERY_TIMEOUT', `The database did not answer within ${milliseconds} ms.`)
      })
    } finally {
      this.pending -= 1
      this.countTimeout(hasExpired)
    }
  }

  /** Work that goes on after its deadline still occupies its connection. */
  private async withConnection<Value>(
    run: (hasExpired: () => boolean) => PromiseLike<Value>,
    hasExpired: () => boolean,
  ): Promise<Value> {
    if (this.idle > 0) this.idle -= 1
    else await new Promise<void>((resolve) => this.waiters.push(resolve))
    try {
      if (hasExpired()) throw new QueryTimeout('QUERY_TIMEOUT', 'No connection was free before the deadline.')
      return await run(hasExpired)
    } finally {
      const next = this.waiters.shift()
      if (next) next()
      else this.idle += 1
    }
  }

  /** An error of the database resets the count, too: the connection works. */
  private countTimeout(hasExpired: boolean) {
    this.consecutiveTimeouts = hasExpired ? this.consecutiveTimeouts + 1 : 0
    if (this.consecutiveTimeouts === TIMEOUTS_BEFORE_REPLACEMENT) this.onUnresponsive()
  }
}
