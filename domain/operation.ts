import { z } from 'zod'
import { transaction, type Transaction } from '@/db/client'
import type { NewsroomEvent } from './history/event'
import { recordHistory } from './history/recording'
import { refuse, Refused, refused, type Refusal } from './refusal'
import { transactionTime } from './time/transaction-time'
import { can, type Act, type SubjectOf } from './user/permission'
import type { Actor } from './user/user'

export type Outcome<Value> = { ok: true; value: Value; events: NewsroomEvent[] } | { ok: false; refusal: Refusal }

export type Operation<Value> = (actor: Actor, input: unknown) => Promise<Outcome<Value>>

export type Work = {
  tx: Transaction
  actor: Actor
  /** By the database’s clock, in whole milliseconds. */
  now: Date
  permit: <A extends Act>(act: A, ...subject: SubjectOf<A>) => void
  tell: (event: NewsroomEvent) => void
  /** Instead of `tell`, when the requested change is already in effect. Returns the value. */
  unchanged: { (): void; <Value>(value: Value): Value }
}

/**
 * One change to the newsroom. Every operation reads the same way: load, permit, decide, write, tell. A refusal rolls back the whole change and is
 * returned as a value; anything else that is thrown is a bug.
 */
export function operation<Schema extends z.ZodType, Value>(
  schema: Schema,
  work: (work: Work, input: z.output<Schema>) => Promise<Value>,
): Operation<Value> {
  return async (actor, input) => {
    const parsed = schema.safeParse(input)
    if (!parsed.success) return refused({ kind: 'invalid', fields: z.flattenError(parsed.error).fieldErrors })

    const events: NewsroomEvent[] = []
    const permit: Work['permit'] = (act, ...subject) => {
      if (can(actor, act, ...subject)) return
      // A story that does not exist and one that the actor may not see get the same response.
      const [story] = subject
      if (story && 'ownerId' in story && !can(actor, 'story.see', story)) refuse({ kind: 'not-found', what: 'story' })
      refuse({ kind: 'not-permitted', act })
    }
    const tell: Work['tell'] = (event) => void events.push(event)
    let isUnchanged = false
    const unchanged = <Value>(value?: Value) => {
      isUnchanged = true
      return value as Value
    }

    try {
      const value = await transaction(async (tx) => {
        const now = await transactionTime(tx)
        const value = await work({ tx, actor, now, permit, tell, unchanged }, parsed.data)
        if (!isUnchanged || events.length > 0) await recordHistory(tx, actor, now, events)
        return value
      })
      return { ok: true, value, events }
    } catch (error) {
      if (error instanceof Refused) return refused(error.refusal)
      throw error
    }
  }
}
