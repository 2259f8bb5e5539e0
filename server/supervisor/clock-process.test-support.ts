import process from 'node:process'
import { startClock } from './clock'

// The clock of one server as a process of its own, for tests that kill it.
const { settleDue } = await import('@/domain/story/settling')
startClock(settleDue, (line) => process.stderr.write(`${line}\n`))
process.stdout.write('ticking\n')
