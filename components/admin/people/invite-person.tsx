import { roles } from '@/domain/user/user'
import type { FormAction } from '@/lib/form-state'
import { routes } from '@/lib/routes'
import { ActionForm } from '../../ui/form/action-form.client'
import { ChoiceField, Field } from '../../ui/form/field.client'
import { Submit } from '../../ui/form/submit.client'

export const roleChoices = roles.map((role) => ({ value: role, label: role }))

/** Creates a login. The result contains a one-time link for choosing a password. */
export function InvitePerson({ invite }: { invite: FormAction }) {
  return (
    <section className="panel stack" aria-labelledby="invite-title">
      <h2 id="invite-title">Invite somebody</h2>
      <ActionForm
        id="invite"
        permalink={`${routes.admin.people}#invite`}
        action={invite}
        label="Invite somebody"
        className="stack"
        resetOnSuccess
      >
        <Field name="name" label="Name" required />
        <Field name="email" label="E-mail" type="email" required />
        <ChoiceField name="role" label="Role" value="reporter" choices={roleChoices} />
        <div className="actions">
          <Submit>Invite</Submit>
        </div>
      </ActionForm>
    </section>
  )
}
