import type { Revision } from '@/domain/story/revision'
import type { Story } from '@/domain/story/story'
import type { FormAction } from '@/lib/form-state'
import { ActionForm } from './action-form.client'
import type { ComparedVersion } from './compared-version'
import { Submit } from './submit.client'

type Props = { story: Story; older: ComparedVersion; newer: ComparedVersion; action: FormAction }

/** Brings back all of a version, of those on the page that are not the draft. */
export function RestoreVersions({ story, older, newer, action }: Props) {
  const some = [older, newer].flatMap(({ revision }) => revision ?? [])
  const both = some.filter(({ id }, place) => some.findIndex((one) => one.id === id) === place)
  if (both.length === 0) return null
  return (
    <section className="stack tight" aria-label="Restore">
      {both.map((revision) => (
        <Restore key={revision.id} {...{ story, revision, action }} />
      ))}
      <p className="hint">
        Restoring changes the draft only: readers see it when it is published. What the draft says now is kept as a
        version first.
      </p>
    </section>
  )
}

function Restore({ story, revision, action }: { story: Story; revision: Revision; action: FormAction }) {
  if (story.draft.keptAsRevisionId === revision.id) return <p>The draft says what version {revision.number} says.</p>
  return (
    <ActionForm action={action} className="stack tight">
      <WhatToRestore story={story} revision={revision} />
      <div>
        <Submit look="">Restore version {revision.number}</Submit>
      </div>
    </ActionForm>
  )
}

/** The fields of a restoration; `seenVersion` goes with the page, which shows the draft as it was then. */
export function WhatToRestore({ story, revision }: { story: Story; revision: Revision }) {
  return (
    <>
      <input type="hidden" name="storyId" value={story.id} />
      <input type="hidden" name="seenVersion" value={story.draft.version} />
      <input type="hidden" name="revisionId" value={revision.id} />
    </>
  )
}
