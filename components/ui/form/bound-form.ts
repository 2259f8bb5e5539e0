/** Milliseconds. */
const BIND_TIMEOUT = 5000
const POLL_INTERVAL = 50

export type BoundPart = 'fields' | 'body'

/** Marks a part of the form as bound to the shared document. @returns removes the mark */
export function markBound(form: HTMLFormElement, part: BoundPart): () => void {
  form.dataset[part] = 'shared'
  return () => form.removeAttribute(`data-${part}`)
}

/**
 * Resolves once all parts of the form are bound, or to false after the timeout. Before that the form shows the page as it was opened, without the
 * changes of others since.
 */
export async function whenBound(form: HTMLFormElement): Promise<boolean> {
  const isBound = () => form.dataset.fields === 'shared' && form.dataset.body === 'shared'
  for (let waited = 0; !isBound() && waited < BIND_TIMEOUT; waited += POLL_INTERVAL)
    await new Promise((resolve) => setTimeout(resolve, POLL_INTERVAL))
  return isBound()
}
