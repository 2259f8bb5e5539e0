import type { FormAction } from '@/lib/form-state'
import { ActionForm } from './action-form.client'
import { WordsField } from './field.client'
import { Submit } from './submit.client'

/** Takes a story away from readers: folded up, far from the button that saves, and never without a reason. */
export function Withdraw({ storyId, action }: { storyId: number; action: FormAction }) {
  return (
    <details className="panel">
      <summary>Withdraw this story…</summary>
      <ActionForm label="Withdraw this story" action={action} className="stack">
        <p className="small-print">
          Readers lose it at once, everywhere; its address tells them that it is gone. Its words stay here, and it can
          be published again.
        </p>
        <input type="hidden" name="storyId" value={storyId} />
        <WordsField name="reason" label="Reason" hint="Kept in the history; readers do not see it." rows={2} />
        <div className="actions">
          <Submit look="danger">Withdraw now</Submit>
        </div>
      </ActionForm>
    </details>
  )
}
