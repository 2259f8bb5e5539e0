// An editor like the newsroom's on a page of its own: Tiptap on a shared document with the same blocks and the same words, and nothing else.
// No framework, no form, nothing kept or told: the least that writing with these packages takes. Bundled by bare-editor-page.ts.
import '../instrumentation-client'
import { Editor } from '@tiptap/core'
import Collaboration from '@tiptap/extension-collaboration'
import { fromBase64 } from 'lib0/buffer'
import * as Y from 'yjs'
import { uniqueBlockIds, bodyKit } from '@/components/admin/body/body-extensions'

const document = new Y.Doc()
const response = await fetch('/words')
Y.applyUpdate(document, fromBase64((await response.json()).missing))
const element = globalThis.document.querySelector('.body-sheet')
const extensions = [
  ...bodyKit({ undoRedo: false }),
  uniqueBlockIds,
  Collaboration.configure({ document, field: 'body' }),
]
globalThis.editor = new Editor({ element, extensions, injectCSS: false })
