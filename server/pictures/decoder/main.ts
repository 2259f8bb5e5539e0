import process from 'node:process'
import { inspect } from './inspect'
import { restrictLoaders } from './loaders'
import { render } from './render'
import type { Answer, Request, Task } from './tasks'
import { OutOfSpace, Unreadable } from '../unreadable'

// The decoder process: the only one that loads libvips. It gets paths of files and answers with sizes and texts.
restrictLoaders()

const work = (task: Task) => (task.kind === 'inspect' ? inspect(task.file) : render(task))

process.on('message', ({ id, task }: Request) => {
  work(task).then(
    (value) => answer({ id, ok: true, value }),
    (error: unknown) => {
      if (!(error instanceof Unreadable)) process.stderr.write(`${String(error)}\n`)
      const sentence = error instanceof Unreadable ? error.sentence : 'The picture could not be read.'
      answer({ id, ok: false, sentence, isOutOfSpace: error instanceof OutOfSpace })
    },
  )
})
// The server is gone.
process.on('disconnect', () => process.exit(0))

function answer(answer: Answer) {
  process.send?.(answer)
}

process.send?.('ready')
