import type { FormDocument } from '@/components/ui/form/form-document'
import { typedValues, type FormAction, type FormState } from '@/lib/form-state'
import { REMOTE_ORIGIN } from '../sync/sync-client'
import { whenBound } from '../fields/bound-form'
import type { FlushResult, DocumentSession, StoryPageState } from './session-context'

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

/** So often saving the words themselves is quietly tried again when the answer is that it came too late: somebody typed in that very second, and both stay. */
const MAX_ATTEMPTS = 3

/** What of a story open in this tab its forms need. */
type FlushableSession = Pick<DocumentSession, 'document' | 'flush'>

/**
 * A form that stands for the story as it is on the screen: every word is kept first, then it is sent with that version. What others wrote in
 * the moment of pressing nobody has looked at. The story's own form has it in its fields by then; whoever clears or schedules is told to look again.
 * @param form null: its fields are not those of the story
 * @param fields what the form says now
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
    if (!flushed.ok && flushed.reason !== 'refused')
      return { status: flushed.reason === 'away' ? 'unavailable' : 'signed-out', typed: typedValues(data) }
    // Any earlier version than this one is not that of what was heard just now.
    if (flushed.ok && isSeen)
      data.set('seenVersion', String(hasRemoteChanges && form === null ? flushed.version - 1 : flushed.version))
    const answer = await action(last, data)
    const isStale = answer.status === 'refused' && answer.refusal.kind === 'stale'
    if (!isStale || form === null || attempt === MAX_ATTEMPTS) return answer
  }
}

/** Keeps every word, and says whether any of others' came to the screen by that. */
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
