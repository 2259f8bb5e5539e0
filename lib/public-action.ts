import 'server-only'
import type { Refusal } from '@/domain/refusal'
import { logDatabaseUnavailable } from './database-unavailable'
import { typedValues, type FormAction, type FormState } from './form-state'
import { requireForm } from './request-read'

type Result<Value> = { ok: true; value: Value } | { ok: false; refusal: Refusal }

/**
 * A form for people without a session: signing in, and one-time links. What they may do depends on the password or token that they send.
 * @param onSuccess redirects, and so never returns
 */
export function publicAction<Value>(
  attempt: (input: unknown) => Promise<Result<Value>>,
  onSuccess: (value: Value, form: FormData) => Promise<never>,
): FormAction {
  return async (_last, form): Promise<FormState> => {
    requireForm(form)
    const typed = typedValues(form)
    let result: Result<Value>
    try {
      result = await attempt(Object.fromEntries(form))
    } catch (error) {
      logDatabaseUnavailable(error)
      return { status: 'unavailable', typed }
    }
    return result.ok ? onSuccess(result.value, form) : { status: 'refused', refusal: result.refusal, typed }
  }
}
