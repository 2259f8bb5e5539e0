import type { FormDocument } from '@/components/ui/form/form-document'
import { typedValues, type FormAction, type FormState } from '@/lib/form-state'
import { whenBound } from '../../../ui/form/bound-form'
import { REMOTE_ORIGIN } from '../sync/sync-client'
import type { FlushResult } from '../sync/sync-error'
import type { DocumentSession } from './document-session'
import type { StoryPageState } from './session-context'

/** The document of a story's page, for its forms. */
export const formDocumentOf = (page: StoryPageState): FormDocument => ({
  session: page.session,
  subscribe: page.subscribe,
  async submit(action, last, fields, { form, shared, sendsVersion }) {
    const session = page.early.opened
    if (session === null)
      return page.early.track(typedValues(fields), action(last, fields), ({ status }) => status === 'done')
    if (!sendsVersion) return action(last, fields)
    const current = () => currentFields(fields, form.current)
    return submitAfterSync(action, last, { session, form: shared ? form.current : null, fields: current })
  },
})

/** The values of the form now, with the `seen…` fields as they were submitted: the page may have been refreshed since. */
function currentFields(submitted: FormData, form: HTMLFormElement | null): FormData {
  const current = form ? new FormData(form) : submitted
  for (const [name, seen] of submitted) if (name.startsWith('seen')) current.set(name, seen)
  return current
}

/** Attempts to save the story's own fields: a stale result means that somebody wrote meanwhile, and the document has merged both. */
const MAX_ATTEMPTS = 3

type FlushableSession = Pick<DocumentSession, 'document' | 'flush'>

/**
 * Submits a form that refers to the story as it is on the screen: flushes the document first, and sends the version that the flush returned.
 * Where the flush itself brings remote changes, their text was not on the screen: the story's own form submits it in its fields, any other form
 * sends the version before and is refused as stale.
 * @param form null: its fields are not those of the story
 * @param fields reads the form after the flush
 */
export async function submitAfterSync(
  action: FormAction,
  last: FormState,
  { session, form, fields }: { session: FlushableSession; form: HTMLFormElement | null; fields: () => FormData },
): Promise<FormState> {
  for (let attempt = 1; ; attempt += 1) {
    const isSeen = form === null || (await whenBound(form))
    const { flushed, hasRemoteChanges } = await flushAndObserve(session)
    const data = fields()
    if (!flushed.ok && flushed.reason !== 'refused') return { status: flushed.reason, typed: typedValues(data) }
    if (flushed.ok && isSeen)
      data.set('seenVersion', String(hasRemoteChanges && form === null ? flushed.version - 1 : flushed.version))
    const answer = await action(last, data)
    const isStale = answer.status === 'refused' && answer.refusal.kind === 'stale'
    if (!isStale || form === null || attempt === MAX_ATTEMPTS) return answer
  }
}

async function flushAndObserve({
  document,
  flush,
}: FlushableSession): Promise<{ flushed: FlushResult; hasRemoteChanges: boolean }> {
  let hasRemoteChanges = false
  const observe = (_update: Uint8Array, origin: unknown) => void (hasRemoteChanges ||= origin === REMOTE_ORIGIN)
  document.on('update', observe)
  try {
    const flushed = await flush()
    return { flushed, hasRemoteChanges }
  } finally {
    document.off('update', observe)
  }
}
