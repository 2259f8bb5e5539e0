import { tolerateMovedNodes } from './components/admin/layout/moved-nodes'

// Runs in the newsroom's pages before their own scripts.

/**
 * While it loads, ProseMirror detects V8 by the stack trace of an error with the message “/”. To format that trace, V8 parses the whole script again:
 * the largest single piece of work until the editor is usable (docs/decisions/0013). So this one trace is formatted here; V8 is the only engine
 * that calls this, ProseMirror does it once, and all other traces are formatted as usual.
 */
const V8_PROBE = '/'

const previous = Error.prepareStackTrace
Error.prepareStackTrace = (error, callSites) => {
  if (error.message !== V8_PROBE) return previous ? previous(error, callSites) : [error, ...callSites].join('\n    at ')
  Error.prepareStackTrace = previous
  return `${error}\n    at V8`
}

tolerateMovedNodes()
