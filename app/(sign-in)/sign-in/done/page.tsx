import { CloseWindow } from '@/components/admin/sign-in/close-window.client'
import { requireActor } from '@/lib/session'
import { routes } from '@/lib/routes'

/** Shown after signing in from the window that a story page opened. */
export default async function SignedInPage() {
  const { id, name } = await requireActor(routes.signedIn)
  return (
    <>
      <title>Signed in · Newsroom</title>
      <h1>
        You are signed in, <bdi>{name}</bdi>
      </h1>
      <p>Close this window and go on where you were: your words are being saved there.</p>
      <p>
        <a className="button" href={routes.admin.desk}>
          Go to the desk instead
        </a>
      </p>
      <CloseWindow userId={id} />
    </>
  )
}
