import type { User } from '@/domain/user/user'
import type { FormAction } from '@/lib/form-state'
import { routes } from '@/lib/routes'
import { ActionForm } from '../../ui/form/action-form.client'
import { ChoiceField } from '../../ui/form/field.client'
import { roleChoices } from './invite-person'
import { Submit } from '../../ui/form/submit.client'

type Actions = Record<'giveRole' | 'disable' | 'enable' | 'newPasswordLink', FormAction>

/** One user, with the actions of an admin. */
export function PersonRow({ person, actions }: { person: User; actions: Actions }) {
  const { id, name, email, role, disabledAt, hasPassword } = person
  const formProps = (key: string) => ({
    id: `${key}-${id}`,
    permalink: `${routes.admin.people}#${key}-${id}`,
    seen: { userId: String(id) },
  })
  return (
    <li id={`person-${id}`}>
      <article className="stack tight" aria-label={name}>
        <h2 dir="auto">{name}</h2>
        <p className="muted">
          {email} · {role} · {disabledAt ? 'disabled' : hasPassword ? 'can sign in' : 'has not chosen a password yet'}
        </p>
        <div className="cluster">
          <ActionForm {...formProps('role')} action={actions.giveRole} label={`Role of ${email}`} className="cluster">
            <ChoiceField name="role" label={`Role of ${name}`} hiddenLabel value={role} choices={roleChoices} />
            <Submit variant="small">Change role</Submit>
          </ActionForm>
          <ActionForm {...formProps('link')} action={actions.newPasswordLink} label={`New password link for ${email}`}>
            <Submit variant="small" label={`New password link for ${name}`}>
              New password link
            </Submit>
          </ActionForm>
          {disabledAt ? (
            <ActionForm {...formProps('access')} action={actions.enable} label={`Open the newsroom to ${email}`}>
              <Submit variant="small" label={`Enable ${name}`}>
                Enable
              </Submit>
            </ActionForm>
          ) : (
            <ActionForm {...formProps('access')} action={actions.disable} label={`Close the newsroom to ${email}`}>
              <Submit variant="small danger" label={`Disable ${name}`}>
                Disable
              </Submit>
            </ActionForm>
          )}
        </div>
      </article>
    </li>
  )
}
