import { prompt, siteUrl } from './prompt'
import { withDatabase } from './with-database'

const [email, name, role] = process.argv.slice(2)

await withDatabase(
  async () => {
    const { invitePerson } = await import('@/domain/people/inviting')
    const { commandLineActor } = await import('@/domain/user/user')
    const { refusalSentence } = await import('@/domain/refusal-sentence')
    const person = {
      email: email ?? (await prompt('E-mail: ')),
      name: name ?? (await prompt('Name: ')),
      role: role ?? (await prompt('Role (reporter, editor or admin): ')),
    }
    const outcome = await invitePerson(commandLineActor, person)
    if (!outcome.ok) {
      const { refusal } = outcome
      console.error(
        refusal.kind === 'invalid' ? Object.values(refusal.fields).flat().join(' ') : refusalSentence(refusal),
      )
      process.exitCode = 1
      return
    }
    console.log(
      `${outcome.value.person.name} can choose a password at ${siteUrl()}/welcome/${outcome.value.token} (works once, for 7 days)`,
    )
  },
  { mayCreate: false },
)
