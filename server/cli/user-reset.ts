import { prompt, siteUrl } from './prompt'
import { withDatabase } from './with-database'

const [email] = process.argv.slice(2)

await withDatabase(
  async () => {
    const { makePasswordLinkFor } = await import('@/domain/people/inviting')
    const outcome = await makePasswordLinkFor(email ?? (await prompt('E-mail: ')))
    if (!outcome.ok) {
      console.error('There is no user with that e-mail address.')
      process.exitCode = 1
      return
    }
    console.log(
      `${outcome.value.person.name} can choose a new password at ${siteUrl()}/welcome/${outcome.value.token} (works once, for 24 hours)`,
    )
  },
  { mayCreate: false },
)
