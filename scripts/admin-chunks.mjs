// Post-processing of the newsroom's script chunks, so that a story opens fast (docs/decisions/0013 and 0016).
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** Read by V8 13.6 and newer; a comment to other browsers. https://github.com/v8/v8.dev, “Explicit compile hints”. */
export const COMPILE_HINT = '//# allFunctionsCalledOnLoad\n'

/** The line of public/newsroom-worker.js that the list of scripts replaces. */
const EMPTY_LIST = 'const SCRIPTS = []\n'

/**
 * Makes the browser compile the scripts completely while they download, off its main thread. Without the hint it parses them twice, lazily, and
 * pauses at the first use of each function: a fifth of a slow laptop's work until the editor is usable.
 */
export function addCompileHints(folder) {
  for (const name of scriptsIn(folder)) {
    const file = path.join(folder, name)
    writeFileSync(file, COMPILE_HINT + readFileSync(file, 'utf8'))
  }
}

/**
 * The service worker with the list of scripts that it caches.
 * @param worker the text of public/newsroom-worker.js
 * @param folder the scripts, served under `at`
 * @param except names of scripts that no browser with service workers runs
 * @throws Error when the worker has no empty list
 */
export function fillScriptList(worker, folder, { at, except }) {
  if (!worker.includes(EMPTY_LIST))
    throw new Error('public/newsroom-worker.js has no empty list of scripts for the build to fill.')
  const scripts = scriptsIn(folder)
    .filter((name) => !except.includes(name))
    .map((name) => [`${at}${name}`, integrityOf(readFileSync(path.join(folder, name)))])
  return worker.replace(EMPTY_LIST, () => `const SCRIPTS = ${JSON.stringify(scripts)}\n`)
}

const scriptsIn = (folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.js'))
    .sort()

/** https://www.w3.org/TR/SRI/ */
const integrityOf = (bytes) => `sha256-${createHash('sha256').update(bytes).digest('base64')}`
