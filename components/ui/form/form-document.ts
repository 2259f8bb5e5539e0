import { createContext, useContext, useSyncExternalStore, type RefObject } from 'react'
import type { FormAction, FormState } from '@/lib/form-state'

/** What a form reads from an open document. */
type OpenDocument = {
  status: () => { kind: string }
  subscribe: (listener: () => void) => () => void
  /** Holds changes that the server has not stored. */
  atRisk: () => boolean
}

/** The collaborative document of a page. It saves itself, and the forms of the page are submitted through it. */
export type FormDocument = {
  /** Null until the document is open. */
  session: () => OpenDocument | null
  subscribe: (listener: () => void) => () => void
  submit: (action: FormAction, last: FormState, fields: FormData, form: SubmittedForm) => Promise<FormState>
}

export type SubmittedForm = {
  form: RefObject<HTMLFormElement | null>
  /** The fields of the form are bound to the document. */
  shared: boolean
  /** The form sends `seenVersion`, the version that its user saw. */
  sendsVersion: boolean
}

/** Null on a page without a document. */
export const FormDocumentContext = createContext<FormDocument | null>(null)

/** The open document of the page. */
export function useOpenDocument(): OpenDocument | null {
  const document = useContext(FormDocumentContext)
  return useSyncExternalStore(document?.subscribe ?? never, document?.session ?? none, none)
}

const none = () => null
const never = () => () => undefined
