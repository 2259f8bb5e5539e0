// The script of the page that `editor-page.test-support.ts` opens.
import type { Editor } from '@tiptap/core'
import { createRoot } from 'react-dom/client'
import { applyUpdate, Doc, encodeStateAsUpdate } from 'yjs'
import { parseBody } from '@/domain/body/body-parser'
import { bodyFromFragment, rewriteBody } from '@/domain/collaboration/document/body-fragment'
import type { Awareness } from '../collaboration/presence/awareness'
import { SharedBody } from '../collaboration/editor/shared-body.client'
import type { DocumentSession } from '../collaboration/session/document-session'
import { StandaloneBody } from './standalone-body.client'

/** The editors of a page: in documents of their own that exchange updates, or one alone without a document. */
export type EditorPage = {
  editors: Editor[]
  documents: Doc[]
  /** While true, updates wait; setting it to false delivers them in the order they were made. */
  hold: (index: number, held: boolean) => void
  /** The typed body of a document, as the server stores it. */
  body: (index: number) => unknown
}

declare global {
  interface Window {
    editorPage: EditorPage
    openEditors: (options: { shared: number; body: object }) => Promise<void>
  }
}

const elementOf = (index: number) =>
  document.querySelector<HTMLElement & { editor?: Editor }>(`#editor-${index} [role=textbox]`)

async function editorIn(index: number): Promise<Editor> {
  for (;;) {
    const editor = elementOf(index)?.editor
    if (editor) return editor
    await new Promise((resolve) => requestAnimationFrame(resolve))
  }
}

window.openEditors = async ({ shared, body }) => {
  const documents = connectedDocuments(shared, body)
  const held = new Set<number>()
  documents.forEach((own, from) =>
    own.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === 'network') return
      documents.forEach((_, to) => to !== from && deliver(from, to, update))
    }),
  )
  // Updates from and to an editor that is held wait.
  const queues: { to: number; update: Uint8Array; from: number }[] = []
  const deliver = (from: number, to: number, update: Uint8Array) => {
    if (held.has(from) || held.has(to)) queues.push({ from, to, update })
    else applyUpdate(documents[to] ?? new Doc(), update, 'network')
  }
  const root = document.createElement('main')
  document.body.append(root)
  createRoot(root).render(
    Array.from({ length: Math.max(1, shared) }, (_, index) => (
      <form id={`editor-${index}`} key={index}>
        {shared === 0 ? (
          <StandaloneBody name="body" label="Body" value={JSON.stringify(body)} />
        ) : (
          <SharedBody name="body" label="Body" value={JSON.stringify(body)} session={sessionOf(documents[index])} />
        )}
      </form>
    )),
  )
  const editors = await Promise.all(Array.from({ length: Math.max(1, shared) }, (_, index) => editorIn(index)))
  window.editorPage = {
    editors,
    documents,
    hold: (index, on) => {
      if (on) held.add(index)
      else held.delete(index)
      for (const { from, to, update } of queues.splice(0)) deliver(from, to, update)
    },
    body: (index) => {
      const own = documents[index]
      return own ? bodyFromFragment(own.getXmlFragment('body')) : parseBody(editors[index]?.getJSON() ?? null)
    },
  }
}

function connectedDocuments(count: number, body: object): Doc[] {
  const first = new Doc()
  rewriteBody(first.getXmlFragment('body'), parseBody(body))
  return Array.from({ length: count }, () => {
    const copy = new Doc()
    applyUpdate(copy, encodeStateAsUpdate(first), 'network')
    return copy
  })
}

/** What `SharedBody` reads of a session. Nobody else's caret is drawn. */
function sessionOf(own: Doc | undefined): DocumentSession {
  const awareness: Pick<Awareness, 'remoteCarets' | 'subscribe' | 'trackLocal' | 'localMoved'> = {
    remoteCarets: () => [],
    subscribe: () => () => undefined,
    trackLocal: () => () => undefined,
    localMoved: () => undefined,
  }
  const session: Pick<DocumentSession, 'document'> & { awareness: typeof awareness } = {
    document: own ?? new Doc(),
    awareness,
  }
  return session as unknown as DocumentSession
}
