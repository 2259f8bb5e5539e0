import type { Refusal } from '@/domain/refusal'

/** The result of a form’s last submission. Unless it succeeded, `typed` has the submitted values. */
export type FormState =
  | { status: 'idle' }
  /** `version`: that of the draft now, for the next save from the same page. */
  /** `link`: a new link, shown once, and how long it works. */
  | { status: 'done'; said: string; version?: number; link?: { address: string; works: 'once' | 'until it expires' } }
  | { status: 'refused'; refusal: Refusal; typed: Record<string, string> }
  /** The session ended: the user signs in elsewhere and submits again. */
  | { status: 'signed-out'; typed: Record<string, string> }
  /** The page is of another build, which had another address for the form. */
  | { status: 'outdated'; typed: Record<string, string> }
  /** The database is unavailable: the values stay in the form. */
  | { status: 'unavailable'; typed: Record<string, string> }

export type FormAction = (last: FormState, form: FormData) => Promise<FormState>

/** The text fields of a form, to be shown again. Passwords and tokens are left out. */
export function typedValues(form: FormData): Record<string, string> {
  const typed: Record<string, string> = {}
  for (const [name, value] of form)
    if (typeof value === 'string' && !/password|token/iu.test(name) && !name.startsWith('$ACTION')) typed[name] = value
  return typed
}
