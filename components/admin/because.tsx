import { Title } from './title'

/** Why a form comes back with nothing but its writer's own words: it was sent without script, and there is nobody or nothing to show the rest for. */
export type Why = 'signed out' | 'database away'

export function Because({ why }: { why: Why }) {
  const [heading, status] =
    why === 'signed out' ? ['You were signed out', '403'] : ['The newsroom is temporarily unavailable', '503']
  return (
    <>
      <Title>{heading}</Title>
      <meta name="page-status" content={status} />
      <h1>{heading}</h1>
    </>
  )
}
