import { Title } from './title'

/** Why a form comes back with nothing but its writer's own words: it was sent without script, and there is nobody or nothing to show the rest for. */
export type FormErrorReason = keyof typeof headings

const headings = {
  'signed out': ['You were signed out', '403'],
  'not allowed': ['Nothing was changed', '403'],
  'not there': ['Nothing was changed', '404'],
  'database away': ['The newsroom is temporarily unavailable', '503'],
} as const

export function FormErrorHeading({ why }: { why: FormErrorReason }) {
  const [heading, status] = headings[why]
  return (
    <>
      <Title>{heading}</Title>
      <meta name="page-status" content={status} />
      <h1>{heading}</h1>
    </>
  )
}
