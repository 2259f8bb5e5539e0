/** A form whose fields are still being tied to the document is waited for so long, and looked at this often. Milliseconds. */
const BIND_TIMEOUT = 5000
const POLL_INTERVAL = 50

/** What of a form says the words of the shared document, and not those of the page any more. */
export type BoundPart = 'fields' | 'body'

/** Says that a part of the form shows the document from now on. @returns takes it back */
export function markBound(form: HTMLFormElement, part: BoundPart): () => void {
  form.dataset[part] = 'shared'
  return () => form.removeAttribute(`data-${part}`)
}

/**
 * Whether everything in the form is the document's. Until it is, the form says what the page said when it was opened, and must not be sent as if
 * its writer had seen what others wrote since.
 */
export async function whenBound(form: HTMLFormElement): Promise<boolean> {
  const isBound = () => form.dataset.fields === 'shared' && form.dataset.body === 'shared'
  for (let waited = 0; !isBound() && waited < BIND_TIMEOUT; waited += POLL_INTERVAL)
    await new Promise((resolve) => setTimeout(resolve, POLL_INTERVAL))
  return isBound()
}
