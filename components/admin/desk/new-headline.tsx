import type { Section } from '@/domain/section/section'
import type { FormAction } from '@/lib/form-state'
import { ActionForm } from '../../ui/form/action-form.client'
import { ChoiceField, Field } from '../../ui/form/field.client'
import { Submit, SecondarySubmit } from '../../ui/form/submit.client'
import { sectionChoices } from '../taxonomy/section-choices'

type Props = {
  sections: Section[]
  sectionId: number | null
  address: string
  save: FormAction
  /** Null without the permission to publish. */
  publish: FormAction | null
}

/** Creates a headline. Enter saves a draft; publishing has a button of its own. */
export function NewHeadline({ sections, sectionId, address, save, publish }: Props) {
  return (
    <ActionForm
      id="new-headline"
      label="Write a headline"
      className="panel new-headline"
      action={save}
      secondAction={publish ?? undefined}
      permalink={`${address}#new-headline`}
      seen={{ idempotencyKey: crypto.randomUUID() }}
      resetOnSuccess
    >
      <div className="one-line">
        <Field name="headline" label="New headline" autoComplete="off" />
        <ChoiceField
          name="sectionId"
          label="Section"
          keepsValue
          value={sectionId === null ? '' : String(sectionId)}
          choices={sectionChoices(sections)}
        />
        <div className="actions">
          <Submit variant="">Save as draft</Submit>
          {publish && <SecondarySubmit>Publish</SecondarySubmit>}
        </div>
      </div>
    </ActionForm>
  )
}
