import 'server-only'
import { refresh } from 'next/cache'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { sentence } from '@/domain/history/sentence'
import type { Operation } from '@/domain/operation'
import { logDatabaseUnavailable } from './database-unavailable'
import { env } from './env'
import { setFlash } from './flash'
import { typedValues, type FormAction, type FormState } from './form-state'
import { requireForm } from './request-read'
import { routes } from './routes'
import { currentActor } from './session'

/** A domain operation as a server action. Readers’ pages become stale by the transaction itself. */
export function action<Value>(operation: Operation<Value>, next?: (value: Value) => string): FormAction {
  return async (_last, form) => {
    requireForm(form)
    const typed = typedValues(form)
    const result = await runOperation(operation, form, typed)
    if ('status' in result) {
      submittedByRequest.set(await headers(), typed)
      // After a refusal the page beside the form shows the current state; the submitted values stay in the form.
      if (result.status === 'refused') {
        refresh()
        refusalsByRequest.set(await headers(), result)
      }
      return result
    }
    if (!next) {
      refresh()
      return { status: 'done', said: result.said, version: versionIn(result.value), link: linkIn(result.value) }
    }
    await setFlash(result.said)
    return redirect(next(result.value))
  }
}

type Refused = Extract<FormState, { status: 'refused' }>

/** Keyed by the request’s headers, which Next passes to an action and to the page it renders as the same object. */
const refusalsByRequest = new WeakMap<object, Refused>()

/** The refusal of this request, for a page rendered without script that may no longer contain the form. */
export async function refusalOfThisRequest(): Promise<Refused | null> {
  return refusalsByRequest.get(await headers()) ?? null
}

const submittedByRequest = new WeakMap<object, Record<string, string>>()

/** The values submitted in this request, if the action did not succeed. */
export async function submittedInThisRequest(): Promise<Record<string, string>> {
  return submittedByRequest.get(await headers()) ?? {}
}

async function runOperation<Value>(
  operation: Operation<Value>,
  form: FormData,
  typed: Record<string, string>,
): Promise<FormState | { said: string; value: Value }> {
  try {
    const actor = await currentActor()
    if (!actor) return { status: 'signed-out', typed }
    const outcome = await operation(actor, Object.fromEntries(form))
    if (!outcome.ok) return { status: 'refused', refusal: outcome.refusal, typed }
    return {
      said: outcome.events.map(sentence).join(' ') || 'Nothing had changed, so nothing was saved again.',
      value: outcome.value,
    }
  } catch (error) {
    logDatabaseUnavailable(error)
    return { status: 'unavailable', typed }
  }
}

/** The draft’s version, if the operation returned a story. */
function versionIn(value: unknown): number | undefined {
  const story = z.object({ draft: z.object({ version: z.number() }) }).safeParse(value)
  return story.success ? story.data.draft.version : undefined
}

/** The new link, if the operation returned its token. */
function linkIn(value: unknown): Extract<FormState, { status: 'done' }>['link'] {
  const made = z.object({ token: z.string() }).safeParse(value)
  if (made.success) return { address: env.siteUrl + routes.welcome(made.data.token), works: 'once' }
  const preview = z.object({ previewToken: z.string() }).safeParse(value)
  return preview.success
    ? { address: env.siteUrl + routes.preview(preview.data.previewToken), works: 'until it expires' }
    : undefined
}
