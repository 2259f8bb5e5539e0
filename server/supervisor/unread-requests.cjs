// Loaded into the renderer before Next, which answers 500 to a form or a message that it cannot read. The sender is at fault: 400. Everything that
// fails after a request was read (lib/request-read.ts) stays 500.
const { AsyncLocalStorage } = require('node:async_hooks')
const { Server } = require('node:http')

const current = new AsyncLocalStorage()
globalThis[Symbol.for('broadsheet.currentRequest')] = current

const { emit } = Server.prototype
Server.prototype.emit = function (event, request, response, ...others) {
  if (event !== 'request' || request.method !== 'POST') return emit.call(this, event, request, response, ...others)
  const progress = { isRead: false }
  const { writeHead } = response
  response.writeHead = function (status, ...headers) {
    return writeHead.call(this, status === 500 && !progress.isRead ? 400 : status, ...headers)
  }
  return current.run(progress, () => emit.call(this, event, request, response, ...others))
}
