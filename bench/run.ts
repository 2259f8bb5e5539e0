import process from 'node:process'
import { parseArgs } from 'node:util'
import { benchFaults } from './faults'
import { benchFreshness } from './fresh'
import { benchGrowth } from './growth'
import { benchMemory } from './memory'
import { report } from './report'
import { benchSpeed } from './speed'
import { cleanUp, onInterruptCleanUp } from './tidy'

const benchmarks = {
  speed: benchSpeed,
  fresh: benchFreshness,
  faults: benchFaults,
  memory: benchMemory,
  growth: benchGrowth,
}
type Name = keyof typeof benchmarks

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { stories: { type: 'string', default: '100000' } },
})
const isBenchmark = (word: string): word is Name => word in benchmarks
const stranger = positionals.find((word) => !isBenchmark(word))
const stories = Number(values.stories)

if (stranger !== undefined || !Number.isInteger(stories) || stories < 1000) {
  console.error(`Usage: npm run bench [-- ${Object.keys(benchmarks).join('] [')}] [--stories 1000000]`)
  process.exit(1)
}

onInterruptCleanUp()
const chosen = positionals.length > 0 ? positionals.filter(isBenchmark) : (Object.keys(benchmarks) as Name[])
try {
  for (const name of chosen) await report(name, await benchmarks[name]({ stories }))
} finally {
  await cleanUp()
}
process.exit()
