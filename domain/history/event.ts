import type { CorrectionKind } from '../correction/correction'
import type { BlockName } from '../body/blocks'
import type { NamedIds, NameKind } from '../copy/name'
import type { LeaseKind } from '../picture/rights'
import type { Role } from '../user/user'

/** The story of an event, with its headline then. */
type OfStory = { storyId: number; headline: string }
/** The picture of an event, with what it was called then. */
type OfPicture = { pictureId: number; picture: string }
type ListedStory = OfStory & NameRefs
type StoryRef = ListedStory & { sectionId: number | null }

/** The authors and topics whose pages list the story, or listed it before; left out if there are none. */
type NameRefs = { listedUnder?: NamedIds }

/** Seconds between the due time and its recording, if that was late: no server ran, or none reached the database. */
type Lateness = { toldLateBy?: number }

/** Everything that can happen in the newsroom. It becomes the history, decides which cached pages are stale, and is shown to the editor as a sentence. */
export type NewsroomEvent =
  | (OfStory & { type: 'story-started' })
  | (OfStory & { type: 'draft-saved'; before: { headline: string }; changed: string[] })
  /** An update changed text that was removed meanwhile, or removed text that its author had not seen; that text is stored as the version with this number. */
  | (OfStory & { type: 'words-stranded'; number: number; unseen?: true })
  | (OfStory & { type: 'words-brought'; number: number })
  | (OfStory & {
      type: 'revision-restored'
      before: { headline: string }
      /** The number of the restored revision. */
      number: number
      /** The restored block; null: the whole revision. */
      block: BlockName | null
      changed: string[]
      /** The number of the revision with the draft’s copy from before. */
      keptFirstAs: number
      revisionId: number
    })
  | (OfStory & {
      type: 'changes-discarded'
      before: { headline: string }
      changed: string[]
      /** The number of the revision with what was discarded; null: there was nothing else than what readers see. */
      keptFirstAs: number | null
    })
  | (ListedStory & {
      type: 'story-published'
      sectionId: number
      formerSectionId: number | null
      /** Readers had never seen the story. */
      first: boolean
      again?: true
      revisionId: number
      formerRevisionId: number | null
    })
  | (ListedStory & {
      type: 'headline-published'
      before: string
      sectionId: number
      revisionId: number
      formerRevisionId: number
      /** The draft’s headline, if it was neither of the two. It stays in the draft while somebody else’s headline is published. */
      draft?: { headline: string; stays: boolean }
    })
  | (ListedStory & {
      type: 'story-corrected'
      correctionId: number
      kind: CorrectionKind
      words: string
      /** The parts that were published with the note; empty: the note only. */
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
  /** `number`: the revision that the link shows; null: the current draft. */
  | (OfStory & {
      type: 'preview-shared'
      linkId: number
      label: string
      number: number | null
      days: number
      /** The story was under embargo, and the editor confirmed that they knew. */
      embargoed?: true
    })
  | (OfStory & { type: 'preview-revoked'; linkId: number; label: string })
  /** `dropped`: what was scheduled and was cancelled with it. */
  | (StoryRef & { type: 'story-withdrawn'; reason: string; dropped?: ('changes' | 'unpublishing')[] })
  /** Times as ISO 8601 in UTC, and as the editor saw them. */
  | (StoryRef & { type: 'story-scheduled'; liveAt: string; inWords: string; before: string | null; revisionId: number })
  | (StoryRef & { type: 'schedule-cancelled'; liveAt: string; dropped?: 'unpublishing'[] })
  | (StoryRef & Lateness & { type: 'story-went-live'; liveAt: string })
  /** `number`: the revision that was handed in. Notes are for the newsroom only. */
  | (OfStory & { type: 'story-handed-in'; note: string | null; number: number })
  | (OfStory & { type: 'story-cleared' })
  | (OfStory & { type: 'story-sent-back'; note: string; to: string | null })
  | (OfStory & { type: 'story-assigned'; to: string | null; before: string | null })
  | (OfStory & { type: 'review-reopened' })
  /** `what`: a flaw of the draft that may be published. */
  | (OfStory & { type: 'flaw-accepted'; what: string })
  /** `editorsThere`: editors who had been active just before. */
  | (OfStory & { type: 'published-without-editor'; reason: string; editorsThere: string[] })
  | (OfStory & { type: 'publication-looked-over' })
  /** For the setting `reportersMayPublishAlone`; all others are recorded as `setting-changed`. */
  | { type: 'publishing-alone-decided'; allowed: boolean }
  | { type: 'setting-changed'; setting: string; value: unknown }
  /** `number`: the revision that readers will see. */
  | (StoryRef & {
      type: 'changes-scheduled'
      formerSectionId: number
      dueAt: string
      inWords: string
      before: string | null
      number: number
    })
  /** `superseded`: something was published by hand that the due changes would have overwritten. */
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
  | (OfStory & { type: 'embargo-set'; until: string; inWords: string; note: string })
  /** `until`: when it ends now; null: it is lifted. */
  | (OfStory & {
      type: 'embargo-lifted'
      until: string | null
      inWords: string | null
      before: string
      reason: string
    })
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
  /** `stories`: the published stories with the merged name. */
  | {
      type: 'names-merged'
      kind: NameKind
      namedId: number
      name: string
      into: { id: number; name: string; slug: string }
      slug: string
      stories: number
    }
  | (OfPicture & { type: 'picture-added' })
  /** `before`: the former texts by the names of the fields. */
  | (OfPicture & { type: 'picture-edited'; changed: string[]; before: Record<string, string> })
  | (OfPicture & { type: 'picture-rights-set'; rights: string; before: string })
  | (OfPicture & { type: 'picture-focus-moved'; focus: [number, number]; before: [number, number] })
  /** Times as ISO 8601 in UTC, and in words; null: none. */
  | (OfPicture & {
      type: 'picture-lease-added'
      leaseId: number
      kind: LeaseKind
      from: string | null
      until: string | null
      inWords: string
      note: string
    })
  | (OfPicture & { type: 'picture-lease-ended'; leaseId: number; kind: LeaseKind; inWords: string; note: string })
  | (OfPicture & { type: 'picture-deleted' })
  /** In how many stories; `by`: the other picture. */
  | (OfPicture & { type: 'picture-replaced'; by: { id: number; picture: string }; stories: number })
  /** In one story: readers see it where the story is live. */
  | (StoryRef & { type: 'story-picture-replaced'; picture: string; by: string; isLive: boolean })
  | { type: 'portrait-set'; authorId: number; name: string; pictureId: number | null; before: number | null }
  | { type: 'first-admin-created'; userId: number; name: string }
  | { type: 'person-invited'; userId: number; name: string; role: Role }
  | { type: 'password-link-made'; userId: number; name: string }
  | { type: 'password-chosen'; userId: number; name: string }
  | { type: 'role-changed'; userId: number; name: string; role: Role; before: Role }
  | { type: 'person-disabled'; userId: number; name: string }
  | { type: 'person-enabled'; userId: number; name: string }
  | { type: 'signed-in'; userId: number; name: string; address: string }
  | { type: 'signed-out'; userId: number; name: string }

export function storyOf(event: NewsroomEvent): number | null {
  return 'storyId' in event ? event.storyId : null
}

export function pictureOf(event: NewsroomEvent): number | null {
  return 'pictureId' in event ? event.pictureId : null
}
