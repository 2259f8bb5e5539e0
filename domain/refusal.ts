import type { NameKind } from './copy/name'
import type { Gap } from './copy/flaws'
import type { StageName, Finish, Step } from './stage'
import type { Act } from './user/permission'

/** Why the newsroom said no. A refusal is an answer for an editor, never a bug. */
export type Refusal =
  | { kind: 'invalid'; fields: Record<string, string[] | undefined> }
  | {
      kind: 'not-found'
      what: 'story' | 'version' | 'section' | 'person' | 'link' | 'correction' | 'preview link' | NameKind
    }
  | { kind: 'not-permitted'; act: Act }
  | { kind: 'unfinished'; gaps: Gap[] }
  | { kind: 'out-of-turn'; stage: StageName; allowed: StageName[] }
  /** Somebody moved the draft to another step, or it has to be at another one first. */
  | { kind: 'out-of-step'; step: Step; by: string | null }
  | { kind: 'nothing-to-review'; finish: Finish }
  | { kind: 'reassigned'; toId: number | null; to: string | null }
  /** Somebody saved after this editor opened the story; `theirs` is what they wrote, field by field, to stand beside the editor's own words. */
  | { kind: 'stale'; by: string; version: number; theirs: Record<string, string> }
  /** Readers may not see it before `until` (ISO 8601); `note` says whose embargo it is. */
  | { kind: 'embargoed'; until: string; note: string }
  /** What was written cannot be kept as a story; why, in a sentence. */
  | { kind: 'unfit'; why: string }
  /** Somebody wrote in a document that is not this story's any more. */
  | { kind: 'other-document' }
  | { kind: 'rearranged'; by: string }
  | { kind: 'taken'; what: 'email' | 'section address'; value: string }
  /** Somebody or something else has that name: the two can be merged. */
  | { kind: 'name-taken'; what: NameKind; name: string }
  /** Readers know this address: it led to another section, and leads there still. */
  | { kind: 'former-address'; value: string; leadsTo: string }
  | { kind: 'used-link' }
  | { kind: 'already-set-up' }
  | { kind: 'last-admin' }
  | { kind: 'wrong-password' }
  | { kind: 'weak-password'; why: string }
  | { kind: 'too-many-tries'; retryAfterSeconds: number }

export class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.kind)
  }
}

export function refuse(refusal: Refusal): never {
  throw new Refused(refusal)
}
