import 'server-only'
import type { Refusal } from '@/domain/refusal'
import { logDatabaseAway } from './database-away'
import { textOf } from './action'
import type { FormAction, FormState } from './form-state'

type Answer<Value> = { ok: true; value: Value } | { ok: false; refusal: Refusal }

/**
 * A form for people who are not signed in: signing in itself, and the one-time links. What they may do is decided by what they know.
 * @param then what happens after success: it redirects, and so never returns
 */
export function openAction<Value>(
  attempt: (input: unknown) => Promise<Answer<Value>>,
  then: (value: Value, form: FormData) => Promise<never>,
): FormAction {
  return async (_last, form): Promise<FormState> => {
    const typed = textOf(form)
    let answer: Answer<Value>
    try {
      answer = await attempt(Object.fromEntries(form))
    } catch (error) {
      logDatabaseAway(error)
      return { status: 'unavailable', typed }
    }
    return answer.ok ? then(answer.value, form) : { status: 'refused', refusal: answer.refusal, typed }
  }
}
