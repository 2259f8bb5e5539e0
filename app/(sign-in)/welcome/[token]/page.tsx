import { ActionForm } from '@/components/ui/form/action-form.client'
import { InvalidLink } from '@/components/admin/sign-in/invalid-link'
import { Field } from '@/components/ui/form/field.client'
import { Submit } from '@/components/ui/form/submit.client'
import { readLink } from '@/domain/people/inviting'
import { choose } from './actions'

type Props = { params: Promise<{ token: string }> }

export default async function WelcomePage({ params }: Props) {
  const { token } = await params
  const link = await readLink(token)
  if (link === null || link.kind === 'setup') return <InvalidLink />
  return (
    <>
      <title>Choose a password</title>
      <h1>Choose a password</h1>
      <p>
        {link.kind === 'invitation'
          ? 'Welcome to the newsroom.'
          : 'Your old password stops working, and every device is signed out.'}{' '}
        This link works once.
      </p>
      <ActionForm action={choose} label="New password" className="stack">
        <input type="hidden" name="token" value={token} />
        <Field
          name="password"
          label="New password"
          type="password"
          autoComplete="new-password"
          required
          hint="At least 12 characters: a few words in a row are easy to keep."
        />
        <div className="actions">
          <Submit>Keep this password</Submit>
        </div>
      </ActionForm>
    </>
  )
}
