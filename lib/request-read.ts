import type { AsyncLocalStorage } from 'node:async_hooks'

type Progress = { isRead: boolean }

/** Set in the renderer before Next is loaded (server/supervisor/unread-requests.cjs). */
const current = (globalThis as { [key: symbol]: AsyncLocalStorage<Progress> | undefined })[
  Symbol.for('broadsheet.currentRequest')
]

/** Says that the current request was read. Until then a failure is the sender's, and answered with 400; afterwards it is ours: 500. */
export function markRequestRead() {
  const progress = current?.getStore()
  if (progress) progress.isRead = true
}

/** @throws Error where a server action was called without a form, which our pages never do */
export function requireForm(form: unknown): asserts form is FormData {
  if (!(form instanceof FormData)) throw new Error('A server action was called without a form.')
  markRequestRead()
}
