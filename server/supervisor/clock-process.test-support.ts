import process from 'node:process'
import { startClock } from './clock'

// One server's clock as a process of its own, for tests that kill it: it settles what is due until it is ended.
const { settleDue: settleWhatIsDue } = await import('@/domain/story/settling')
startClock(settleWhatIsDue, (line) => process.stderr.write(`${line}\n`))
process.stdout.write('ticking\n')
