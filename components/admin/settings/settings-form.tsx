import type { Settings } from '@/domain/settings/settings'
import type { FormAction } from '@/lib/form-state'
import { ActionForm } from '../../ui/form/action-form.client'
import { ChoiceField } from '../../ui/form/field.client'
import { Submit } from '../../ui/form/submit.client'

export function PublishingAloneForm({ settings, action }: { settings: Settings; action: FormAction }) {
  return (
    <section className="panel stack" aria-labelledby="publishing-alone">
      <h2 id="publishing-alone">When no editor is there</h2>
      <p>
        A reporter can then publish a story of their own, with a reason. Every editor sees it at the top of the desk
        until one of them has looked at it, and the history keeps it.
      </p>
      <ActionForm action={action} label="When no editor is there" className="stack">
        <ChoiceField
          name="allowed"
          label="Reporters may publish when no editor is there"
          value={settings.reportersMayPublishAlone ? 'yes' : 'no'}
          choices={[
            { value: 'no', label: 'No: only editors publish' },
            { value: 'yes', label: 'Yes, their own stories, with a reason' },
          ]}
        />
        <div className="actions">
          <Submit>Save</Submit>
        </div>
      </ActionForm>
    </section>
  )
}
