// Runs in the newsroom's pages before anything of theirs.

/**
 * ProseMirror looks, while it is loaded, at the stack trace of an error it calls “/”, to see by its form whether this is V8. To write it, V8 parses
 * the whole script again that this happens in: the largest single piece of work until somebody can write (docs/decisions/0013). So that one
 * trace is written here. Only V8 asks, and only once; every other trace is written as it always is.
 */
const PROBE = '/'

const usual = Error.prepareStackTrace
Error.prepareStackTrace = (error, places) => {
  if (error.message !== PROBE) return usual ? usual(error, places) : [error, ...places].join('\n    at ')
  Error.prepareStackTrace = usual
  return `${error}\n    at V8`
}
