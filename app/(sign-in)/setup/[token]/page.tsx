import { ActionForm } from '@/components/ui/form/action-form.client'
import { InvalidLink } from '@/components/admin/sign-in/invalid-link'
import { Field } from '@/components/ui/form/field.client'
import { Submit } from '@/components/ui/form/submit.client'
import { readLink } from '@/domain/people/inviting'
import { setUp } from './actions'

type Props = { params: Promise<{ token: string }> }

export default async function SetupPage({ params }: Props) {
  const { token } = await params
  const link = await readLink(token)
  if (link?.kind !== 'setup') return <InvalidLink />
  return (
    <>
      <title>Set up the newsroom</title>
      <h1>Set up the newsroom</h1>
      <p>Create the first admin. Admins invite everybody else. This link works once.</p>
      <ActionForm action={setUp} label="First admin" className="stack">
        <input type="hidden" name="token" value={token} />
        <Field name="name" label="Your name" autoComplete="name" required />
        <Field name="email" label="E-mail" type="email" autoComplete="username" required />
        <Field
          name="password"
          label="Password"
          type="password"
          autoComplete="new-password"
          required
          hint="At least 12 characters: a few words in a row are easy to keep."
        />
        <div className="actions">
          <Submit>Create the first admin</Submit>
        </div>
      </ActionForm>
    </>
  )
}
