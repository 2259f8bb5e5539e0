import { settingDeclarations, type SettingName, type Settings } from '@/domain/settings/settings'
import type { FormAction } from '@/lib/form-state'
import { ActionForm } from '../../ui/form/action-form.client'
import { ChoiceField } from '../../ui/form/field.client'
import { Submit } from '../../ui/form/submit.client'

/** One setting, as it is declared. */
export function SettingForm({ name, settings, action }: { name: SettingName; settings: Settings; action: FormAction }) {
  const { heading, explanation, label, choices, toField } = settingDeclarations[name]
  return (
    <section className="panel stack" aria-labelledby={name}>
      <h2 id={name}>{heading}</h2>
      <p>{explanation}</p>
      <ActionForm action={action} label={heading} className="stack">
        <input type="hidden" name="setting" value={name} />
        <ChoiceField name="value" label={label} value={toField(settings[name])} choices={choices} />
        <div className="actions">
          <Submit>Save</Submit>
        </div>
      </ActionForm>
    </section>
  )
}
