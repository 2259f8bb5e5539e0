import type { FormAction, FormState } from '@/lib/form-state'
import { FROM_NEWSROOM } from './courier'
import { showsDocument } from './showing'
import type { Flushed, Writing } from './writing-context'

/** So often saving the words themselves is quietly tried again when the answer is that it came too late: somebody typed in that very second, and both stay. */
const TRIES = 3

/** What of a story open in this tab its forms need. */
type Screen = Pick<Writing, 'document' | 'flush'>

/**
 * A form that stands for the story as it is on the screen: every word is kept first, then it is sent with that version. What others wrote in
 * the moment of pressing nobody has looked at. The story's own form has it in its fields by then; whoever clears or schedules is told to look again.
 * @param form null: its fields are not those of the story
 * @param fields what the form says now
 */
export async function afterWriting(
  action: FormAction,
  last: FormState,
  { writing, form, fields }: { writing: Screen; form: HTMLFormElement | null; fields: () => FormData },
): Promise<FormState> {
  for (let tries = 1; ; tries += 1) {
    const isSeen = form === null || (await showsDocument(form))
    const { flushed, heard } = await flushHearing(writing)
    const sent = fields()
    if (!flushed.ok && flushed.why !== 'refused')
      return { status: flushed.why === 'away' ? 'unavailable' : 'signed-out', typed: textOf(sent) }
    // Any earlier version than this one is not that of what was heard just now.
    if (flushed.ok && isSeen)
      sent.set('seenVersion', String(heard && form === null ? flushed.version - 1 : flushed.version))
    const answer = await action(last, sent)
    const isLate = answer.status === 'refused' && answer.refusal.kind === 'stale'
    if (!isLate || form === null || tries === TRIES) return answer
  }
}

/** Keeps every word, and says whether any of others' came to the screen by that. */
async function flushHearing({ document, flush }: Screen): Promise<{ flushed: Flushed; heard: boolean }> {
  let heard = false
  const hear = (_update: Uint8Array, origin: unknown) => void (heard ||= origin === FROM_NEWSROOM)
  document.on('update', hear)
  try {
    const flushed = await flush()
    return { flushed, heard }
  } finally {
    document.off('update', hear)
  }
}

/** What was typed in a form, to be given back; passwords are typed again. */
export function textOf(fields: FormData): Record<string, string> {
  const isGivenBack = (field: [string, FormDataEntryValue]): field is [string, string] =>
    typeof field[1] === 'string' && !/password|token/iu.test(field[0])
  return Object.fromEntries([...fields].filter(isGivenBack))
}
