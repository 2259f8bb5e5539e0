import { Title } from './title'

/** The database does not answer. Somebody may have come here by sending a form without script: their browser still has it. */
export function Unavailable() {
  return (
    <main id="main" className="page narrow" tabIndex={-1}>
      <Title>Temporarily unavailable</Title>
      <meta name="page-status" content="503" />
      <h1>The newsroom is temporarily unavailable</h1>
      <p>The database does not answer at the moment. Readers go on reading what is published.</p>
      <p>Try again in a moment by reloading this page. If you were sending a form, reloading sends it again.</p>
    </main>
  )
}
