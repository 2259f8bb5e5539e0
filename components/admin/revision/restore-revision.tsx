import type { ComparedSide, Revision } from '@/domain/revision/revision'
import type { Story } from '@/domain/story/story'
import type { FormAction } from '@/lib/form-state'
import { routes } from '@/lib/routes'
import { ActionForm } from '../../ui/form/action-form.client'
import { Submit } from '../../ui/form/submit.client'

type Props = { story: Story; older: ComparedSide; newer: ComparedSide; same: boolean; action: FormAction }

/** Restores a revision that is compared with the draft. */
export function RestoreRevision({ story, older, newer, same, action }: Props) {
  if (newer.revision !== null) return <CompareWithDraftLinks story={story} older={older} newer={newer} />
  if (older.revision === null) return null
  return (
    <section className="stack tight" aria-label="Restore">
      {/* With nothing left to restore, the form still shows its result. */}
      <ActionForm action={action} label={`Restore version ${older.revision.number}`} className="stack tight">
        <RestoreFields story={story} revision={older.revision} />
        {!same && (
          <div>
            <Submit variant="">Restore version {older.revision.number}</Submit>
          </div>
        )}
      </ActionForm>
      {!same && (
        <p className="hint">
          Restoring changes the draft only: readers see it when it is published. What the draft says now is kept as a
          version first.
        </p>
      )}
    </section>
  )
}

function CompareWithDraftLinks({ story, older, newer }: Pick<Props, 'story' | 'older' | 'newer'>) {
  const numbers = new Set([older, newer].flatMap(({ revision }) => revision?.number ?? []))
  return (
    <p className="cluster">
      {[...numbers].map((number) => (
        <a key={number} href={routes.admin.compared(story.id, number, 'draft')}>
          Compare version {number} with the draft, to restore it
        </a>
      ))}
    </p>
  )
}

/** Hidden fields of a restoration; `seenVersion` is the draft that the page shows. */
export function RestoreFields({ story, revision }: { story: Story; revision: Revision }) {
  return (
    <>
      <input type="hidden" name="storyId" value={story.id} />
      <input type="hidden" name="seenVersion" value={story.draft.version} />
      <input type="hidden" name="revisionId" value={revision.id} />
    </>
  )
}
