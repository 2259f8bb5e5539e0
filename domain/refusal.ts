import type { NameKind } from './copy/name'
import type { Gap } from './copy/flaws'
import type { StageName, Finish, Step } from './stage'
import type { Act } from './user/permission'

/** Why an operation refused: for the editor, never a bug. */
export type Refusal =
  | { kind: 'invalid'; fields: Record<string, string[] | undefined> }
  | {
      kind: 'not-found'
      what:
        | 'story'
        | 'version'
        | 'section'
        | 'person'
        | 'link'
        | 'correction'
        | 'preview link'
        | 'picture'
        | 'lease'
        | NameKind
    }
  | { kind: 'not-permitted'; act: Act }
  | { kind: 'unfinished'; gaps: Gap[] }
  | { kind: 'out-of-turn'; stage: StageName; allowed: StageName[] }
  /** Somebody moved the draft to another step, or it must be at another one first. */
  | { kind: 'out-of-step'; step: Step; by: string | null }
  | { kind: 'nothing-to-review'; finish: Finish }
  | { kind: 'reassigned'; toId: number | null; to: string | null }
  /** Somebody saved after this editor opened the story; `theirs` has their copy by field, to show beside the editor’s own. */
  | { kind: 'stale'; by: string; version: number; theirs: Record<string, string> }
  /** Readers may not see it before `until` (ISO 8601); `note` says who set the embargo. */
  | { kind: 'embargoed'; until: string; note: string }
  /** The copy cannot be stored; why, as a sentence. */
  | { kind: 'unfit'; why: string }
  /** The document is not this story’s any more. */
  | { kind: 'other-document' }
  /** It stands in these places: each as a phrase. */
  | { kind: 'used'; places: string[] }
  | { kind: 'rearranged'; by: string }
  | { kind: 'taken'; what: 'email' | 'section address'; value: string }
  /** Another author or topic has the name: the two can be merged. */
  | { kind: 'name-taken'; what: NameKind; name: string }
  /** The address redirects to another section. */
  | { kind: 'former-address'; value: string; leadsTo: string }
  | { kind: 'used-link' }
  | { kind: 'already-set-up' }
  | { kind: 'last-admin' }
  | { kind: 'wrong-password' }
  | { kind: 'weak-password'; why: string }
  | { kind: 'too-many-tries'; retryAfterSeconds: number }
  /** Too many passwords are being checked at this moment. */
  | { kind: 'busy'; retryAfterSeconds: number }

export class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.kind)
  }
}

export const refused = (refusal: Refusal) => ({ ok: false, refusal }) as const

export function refuse(refusal: Refusal): never {
  throw new Refused(refusal)
}
