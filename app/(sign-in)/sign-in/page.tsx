import { ActionForm } from '@/components/ui/form/action-form.client'
import { Field } from '@/components/ui/form/field.client'
import { Submit } from '@/components/ui/form/submit.client'
import { AnnounceSignOut } from '@/components/admin/sign-in/announce-sign-out.client'
import { currentActor } from '@/lib/session'
import { signIn } from './actions'

type Props = { searchParams: Promise<{ next?: string | string[]; out?: string | string[] }> }

export default async function SignInPage({ searchParams }: Props) {
  const { next, out } = await searchParams
  const hasSignedOut = out !== undefined && (await currentActor()) === null
  return (
    <>
      {hasSignedOut && <AnnounceSignOut />}
      <title>Sign in · Newsroom</title>
      <h1>Sign in</h1>
      <ActionForm action={signIn} label="Sign in" className="stack">
        <input type="hidden" name="next" value={typeof next === 'string' ? next : ''} />
        <Field name="email" label="E-mail" type="email" autoComplete="username" required />
        <Field name="password" label="Password" type="password" autoComplete="current-password" required />
        <div className="actions">
          <Submit>Sign in</Submit>
        </div>
      </ActionForm>
      <p className="hint">No password yet, or forgotten? Ask an admin of this newsroom for a one-time link.</p>
    </>
  )
}
