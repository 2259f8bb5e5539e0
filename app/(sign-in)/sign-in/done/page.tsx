import { CloseWindow } from '@/components/admin/sign-in/close-window.client'
import { requireActor } from '@/lib/session'
import { routes } from '@/lib/routes'

/** Where signing in beside a story ends: the words wait in another window. */
export default async function SignedInPage() {
  const { name } = await requireActor(routes.signedIn)
  return (
    <>
      <title>Signed in · Newsroom</title>
      <h1>You are signed in, {name}</h1>
      <p>Close this window and go on where you were: your words are being saved there.</p>
      <p>
        <a className="button" href={routes.admin.desk}>
          Go to the desk instead
        </a>
      </p>
      <CloseWindow />
    </>
  )
}
