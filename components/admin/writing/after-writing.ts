import type { FormAction, FormState } from '@/lib/form-state'
import { showsDocument } from './showing'
import type { Writing } from './writing-context'

/** So often an answer that came too late is quietly tried again: somebody typed in that very second. */
const TRIES = 3

/**
 * A form that stands for the story as it is on the screen: every word is kept first, then it is sent with that version.
 * @param form null: its fields are not those of the story
 * @param fields what the form says now
 */
export async function afterWriting(
  action: FormAction,
  last: FormState,
  { writing, form, fields }: { writing: Writing; form: HTMLFormElement | null; fields: () => FormData },
): Promise<FormState> {
  for (let tries = 1; ; tries += 1) {
    const isSeen = form === null || (await showsDocument(form))
    const flushed = await writing.flush()
    const sent = fields()
    if (!flushed.ok && flushed.why !== 'refused')
      return { status: flushed.why === 'away' ? 'unavailable' : 'signed-out', typed: textOf(sent) }
    if (flushed.ok && isSeen) sent.set('seenVersion', String(flushed.version))
    const answer = await action(last, sent)
    const isLate = answer.status === 'refused' && answer.refusal.kind === 'stale'
    if (!isLate || tries === TRIES) return answer
  }
}

/** What was typed in a form, to be given back; passwords are typed again. */
export function textOf(fields: FormData): Record<string, string> {
  const isGivenBack = (field: [string, FormDataEntryValue]): field is [string, string] =>
    typeof field[1] === 'string' && !/password|token/iu.test(field[0])
  return Object.fromEntries([...fields].filter(isGivenBack))
}
