import { routes } from '@/lib/routes'

/** The same page for a one-time link that was used, has expired, or never existed. */
export function InvalidLink() {
  return (
    <>
      <title>This link cannot be used</title>
      <meta name="page-status" content="404" />
      <h1>This link cannot be used</h1>
      <p>It was used already, has expired, or was not copied whole. Ask an admin of this newsroom for a new one.</p>
      <p>
        <a className="button" href={routes.signIn}>
          Sign in
        </a>
      </p>
    </>
  )
}
