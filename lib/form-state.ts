import type { Refusal } from '@/domain/refusal'

/** What a form knows about its last submission. `typed` gives an editor back every word after anything but success. */
export type FormState =
  | { status: 'idle' }
  /** `version`: that of the draft this left behind, so that the next save from the same screen is known to have seen it. */
  /** `link`: a link that was made, shown once to whoever made it, and how long it works. */
  | { status: 'done'; said: string; version?: number; link?: { address: string; works: 'once' | 'until it expires' } }
  | { status: 'refused'; refusal: Refusal; typed: Record<string, string> }
  /** The session ended while somebody was writing: they sign in elsewhere and submit again. */
  | { status: 'signed-out'; typed: Record<string, string> }
  /** The database does not answer: the words stay on the screen until it does. */
  | { status: 'unavailable'; typed: Record<string, string> }

export type FormAction = (last: FormState, form: FormData) => Promise<FormState>

/** The text fields of a form, to be shown again. Passwords and tokens are left out. */
export function typedValues(form: FormData): Record<string, string> {
  const typed: Record<string, string> = {}
  for (const [name, value] of form)
    if (typeof value === 'string' && !/password|token/iu.test(name) && !name.startsWith('$ACTION')) typed[name] = value
  return typed
}
