import type { CorrectionKind } from '../correction/correction'
import type { BlockName } from '../body/blocks'
import type { NamedIds, NameKind } from '../copy/name'
import type { Role } from '../user/user'

/** Where a story stands for readers, as far as an event needs it. */
type StoryRef = { storyId: number; headline: string; sectionId: number | null } & NameRefs

/** The authors and topics on whose pages the story stands, or stood before; not told while there were none. */
type NameRefs = { listedUnder?: NamedIds }

/** How long after its time a clock told it, where it was overdue by then: no server ran, or none reached the database. Seconds. */
type Lateness = { toldLateBy?: number }

/** Everything that can happen in the newsroom. Kept as history, obeyed by the page cache, spoken to the editor. */
export type NewsroomEvent =
  | { type: 'story-started'; storyId: number; headline: string }
  | { type: 'draft-saved'; storyId: number; headline: string; before: { headline: string }; changed: string[] }
  /** Words arrived whose place somebody had removed, or were taken away by somebody who had not seen them; the version with this number has them. */
  | { type: 'words-stranded'; storyId: number; headline: string; number: number; unseen?: true }
  | { type: 'words-brought'; storyId: number; headline: string; number: number }
  | {
      type: 'revision-restored'
      storyId: number
      headline: string
      before: { headline: string }
      /** The revision that was restored, by its number. */
      number: number
      /** What of its body was restored; null: all of the revision. */
      block: BlockName | null
      changed: string[]
      /** The number of the revision that has the draft's former words. */
      keptFirstAs: number
      revisionId: number
    }
  | {
      type: 'changes-discarded'
      storyId: number
      headline: string
      before: { headline: string }
      changed: string[]
      /** The number of the revision that has what was discarded; null: it said what readers see. */
      keptFirstAs: number | null
    }
  | (NameRefs & {
      type: 'story-published'
      storyId: number
      headline: string
      sectionId: number
      formerSectionId: number | null
      /** Readers had never seen it. */
      first: boolean
      /** It was withdrawn before. */
      again?: true
      revisionId: number
      formerRevisionId: number | null
    })
  | (NameRefs & {
      type: 'headline-published'
      storyId: number
      headline: string
      before: string
      sectionId: number
      revisionId: number
      formerRevisionId: number
      /** What the draft said, where that was neither of the two. It stays where it was written while somebody published another. */
      draft?: { headline: string; stays: boolean }
    })
  | (NameRefs & {
      type: 'story-corrected'
      storyId: number
      headline: string
      correctionId: number
      kind: CorrectionKind
      words: string
      /** What was published with it; empty: nothing but the note. */
      changed: string[]
      sectionId: number
      formerSectionId: number
      revisionId: number
      formerRevisionId: number
    })
  | (StoryRef & {
      type: 'correction-reworded'
      correctionId: number
      kind: CorrectionKind
      words: string
      before: { kind: CorrectionKind; words: string }
    })
  /** `number`: the revision that the link shows; null: the latest draft. */
  | {
      type: 'preview-shared'
      storyId: number
      headline: string
      linkId: number
      label: string
      number: number | null
      days: number
      /** It was under embargo, and whoever made the link said that they knew. */
      embargoed?: true
    }
  | { type: 'preview-revoked'; storyId: number; headline: string; linkId: number; label: string }
  /** `dropped`: what was to happen by itself, and does not any more. */
  | (StoryRef & { type: 'story-withdrawn'; reason: string; dropped?: ('changes' | 'unpublishing')[] })
  /** Times as ISO 8601 in UTC, and in the newsroom's words as the editor was told them. */
  | (StoryRef & { type: 'story-scheduled'; liveAt: string; inWords: string; before: string | null; revisionId: number })
  | (StoryRef & { type: 'schedule-cancelled'; liveAt: string; dropped?: 'unpublishing'[] })
  | (StoryRef & Lateness & { type: 'story-went-live'; liveAt: string })
  /** `number`: that of the revision that was handed over. Notes are for the newsroom, never for readers. */
  | { type: 'story-handed-in'; storyId: number; headline: string; note: string | null; number: number }
  | { type: 'story-cleared'; storyId: number; headline: string }
  | { type: 'story-sent-back'; storyId: number; headline: string; note: string; to: string | null }
  | { type: 'story-assigned'; storyId: number; headline: string; to: string | null; before: string | null }
  | { type: 'review-reopened'; storyId: number; headline: string }
  /** `editorsThere`: who had been in the newsroom just before. */
  | { type: 'published-without-editor'; storyId: number; headline: string; reason: string; editorsThere: string[] }
  | { type: 'publication-looked-over'; storyId: number; headline: string }
  /** The setting `reportersMayPublishAlone`; every other one is told as `setting-changed`. */
  | { type: 'publishing-alone-decided'; allowed: boolean }
  | { type: 'setting-changed'; setting: string; value: unknown }
  /** `number`: the revision that readers will see, as editors call it. */
  | (StoryRef & {
      type: 'changes-scheduled'
      formerSectionId: number
      dueAt: string
      inWords: string
      before: string | null
      number: number
    })
  /** `superseded`: something was published by hand, and what was due would have taken its place. */
  | (StoryRef & { type: 'scheduled-changes-cancelled'; formerSectionId: number; dueAt: string; superseded: boolean })
  | (StoryRef &
      Lateness & {
        type: 'changes-went-live'
        before: string
        formerSectionId: number | null
        dueAt: string
        revisionId: number
        formerRevisionId: number
      })
  | (StoryRef & {
      type: 'unpublish-scheduled'
      unpublishAt: string
      inWords: string
      before: string | null
      reason: string
    })
  | (StoryRef & { type: 'unpublish-cancelled'; unpublishAt: string })
  | (StoryRef & Lateness & { type: 'story-unpublished'; unpublishAt: string; reason: string })
  | { type: 'embargo-set'; storyId: number; headline: string; until: string; inWords: string; note: string }
  /** `until`: when it ends now; null: not embargoed any more. */
  | {
      type: 'embargo-lifted'
      storyId: number
      headline: string
      until: string | null
      inWords: string | null
      before: string
      reason: string
    }
  | { type: 'lead-set'; storyId: number | null; headline: string | null; before: string | null }
  | { type: 'headlines-arranged'; order: number[]; before: number[] }
  | { type: 'section-opened'; sectionId: number; name: string; slug: string }
  | { type: 'section-renamed'; sectionId: number; name: string; slug: string; before: { name: string; slug: string } }
  | { type: 'name-added'; kind: NameKind; namedId: number; name: string; slug: string }
  | {
      type: 'name-changed'
      kind: NameKind
      namedId: number
      name: string
      slug: string
      before: { name: string; slug: string }
    }
  /** `stories`: how many came with it, of those that are published. */
  | {
      type: 'names-merged'
      kind: NameKind
      namedId: number
      name: string
      into: { id: number; name: string; slug: string }
      slug: string
      stories: number
    }
  | { type: 'first-admin-created'; userId: number; name: string }
  | { type: 'person-invited'; userId: number; name: string; role: Role }
  | { type: 'password-link-made'; userId: number; name: string }
  | { type: 'password-chosen'; userId: number; name: string }
  | { type: 'role-changed'; userId: number; name: string; role: Role; before: Role }
  | { type: 'person-disabled'; userId: number; name: string }
  | { type: 'person-enabled'; userId: number; name: string }
  | { type: 'signed-in'; userId: number; name: string; address: string }
  | { type: 'signed-out'; userId: number; name: string }

/** The story an event is about, for that story's own history. */
export function storyOf(event: NewsroomEvent): number | null {
  return 'storyId' in event ? event.storyId : null
}
