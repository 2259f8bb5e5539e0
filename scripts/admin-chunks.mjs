// What is done to the newsroom's scripts after they are built, so that a story opens soon (docs/decisions/0013 and 0016).
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** For browsers that know it (V8 13.6 and newer); others see a comment. https://github.com/v8/v8.dev, “Explicit compile hints”. */
export const COMPILE_AT_ONCE = '//# allFunctionsCalledOnLoad\n'

/** The place in public/newsroom-worker.js where the scripts are written. */
const NONE = 'const SCRIPTS = []\n'

/**
 * Lets the browser compile the newsroom's scripts whole while they come in, beside its main thread. Left alone it would read them twice, and stop for
 * each part the first time it is used: a fifth of what a slow laptop does until somebody can write.
 */
export function compiledAsTheyCome(folder) {
  for (const name of scriptsIn(folder)) {
    const file = path.join(folder, name)
    writeFileSync(file, COMPILE_AT_ONCE + readFileSync(file, 'utf8'))
  }
}

/**
 * The worker that keeps these scripts ready in the browser.
 * @param worker the text of public/newsroom-worker.js
 * @param folder where the scripts are, as they will be served under `at`
 * @param except names of those that no browser with workers runs
 * @throws Error when the worker has no place for them
 */
export function keepingReady(worker, folder, { at, except }) {
  if (!worker.includes(NONE))
    throw new Error('public/newsroom-worker.js has no empty list of scripts for the build to fill.')
  const scripts = scriptsIn(folder)
    .filter((name) => !except.includes(name))
    .map((name) => [`${at}${name}`, integrityOf(readFileSync(path.join(folder, name)))])
  return worker.replace(NONE, () => `const SCRIPTS = ${JSON.stringify(scripts)}\n`)
}

const scriptsIn = (folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.js'))
    .sort()

/** As a request is given it: https://www.w3.org/TR/SRI/. */
const integrityOf = (bytes) => `sha256-${createHash('sha256').update(bytes).digest('base64')}`
