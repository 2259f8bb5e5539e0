import process from 'node:process'
import { parseArgs } from 'node:util'
import { benchCold } from './cold'
import { benchVersionComparison } from './version-comparison'
import { benchFaults } from './faults'
import { benchFreshness } from './fresh'
import { benchGrowth } from './growth'
import { benchConnections } from './connections'
import { benchCollaboration } from './collaboration'
import { benchMemory } from './memory'
import { benchNewsroomMemory } from './newsroom-memory'
import { benchOpening } from './opening'
import { benchSearch } from './search'
import { benchPictures } from './pictures'
import { report } from './support/report'
import { benchSpeed } from './speed'
import { benchTyping } from './typing'
import { cleanUp, cleanUpOnInterrupt } from './support/cleanup'

const benchmarks = {
  speed: benchSpeed,
  cold: benchCold,
  fresh: benchFreshness,
  faults: benchFaults,
  memory: benchMemory,
  newsroom: benchNewsroomMemory,
  connections: benchConnections,
  growth: benchGrowth,
  search: benchSearch,
  words: benchCollaboration,
  versions: benchVersionComparison,
  typing: benchTyping,
  opening: benchOpening,
  pictures: benchPictures,
}
type Name = keyof typeof benchmarks

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { stories: { type: 'string', default: '100000' }, lasts: { type: 'string', default: '8' } },
})
const isBenchmark = (word: string): word is Name => word in benchmarks
const unknownName = positionals.find((word) => !isBenchmark(word))
const stories = Number(values.stories)
const seconds = Number(values.lasts)

if (unknownName !== undefined || !Number.isInteger(stories) || stories < 1000 || !(seconds >= 1 && seconds <= 3600)) {
  console.error(
    `Usage: npm run bench [-- ${Object.keys(benchmarks).join('] [')}] [--stories 1000000] [--lasts 8 (seconds, faults)]`,
  )
  process.exit(1)
}

cleanUpOnInterrupt()
const chosen = positionals.length > 0 ? positionals.filter(isBenchmark) : (Object.keys(benchmarks) as Name[])
try {
  for (const name of chosen) await report(name, await benchmarks[name]({ stories, seconds }))
} finally {
  await cleanUp()
}
process.exit()
