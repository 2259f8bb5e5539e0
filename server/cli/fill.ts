import { parseArgs } from 'node:util'
import { OperatorError } from '../operator-error'
import { withDatabase } from './with-database'

const { values } = parseArgs({ options: { stories: { type: 'string', default: '1000' } } })

const whole = new Intl.NumberFormat('en')

await withDatabase(async () => {
  const stories = Number(values.stories)
  if (!Number.isInteger(stories) || stories < 1) throw new OperatorError('Usage: npm run db:fill -- --stories 1000')
  const { insertSyntheticStories } = await import('@/db/synthetic-data')
  const startedAt = Date.now()
  await insertSyntheticStories(process.env.DATABASE_URL ?? '', stories, (written) => {
    if (written % 100_000 === 0) console.log(`${whole.format(written)} stories`)
  })
  console.log(
    `Wrote ${whole.format(stories)} plainly synthetic stories in ${((Date.now() - startedAt) / 1000).toFixed(1)} s.`,
  )
})
