// The newsroom's editor alone: Tiptap on a shared document with the same extensions and the same text, without framework, form, sync and
// persistence. Bundled by bare-editor-page.ts.
import '../../instrumentation-client'
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
