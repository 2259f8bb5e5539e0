import { getSchema } from '@tiptap/core'
import { yXmlFragmentToProseMirrorRootNode } from '@tiptap/y-tiptap'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { parseBody } from '@/domain/body/body-parser'
import { randomEdit, everyBlock } from '@/domain/body/blocks.test-support'
import { emptyCopy } from '@/domain/collaboration/document/documents.test-support'
import {
  copyFromDocument,
  documentFromCopy,
  documentFromState,
  sharedTypes,
  rewriteDocument,
} from '@/domain/collaboration/document/story-document'
import type { Copy } from '@/domain/copy/copy-fields'
import { bodyExtensions } from './body-extensions'

const schema = getSchema(bodyExtensions)
const copyOf = (content: unknown): Copy => ({ ...emptyCopy, body: parseBody(content) })

test('the schema of the editor accepts every block and serializes it unchanged', () => {
  const document = documentFromCopy(copyOf(everyBlock), false)
  const node = yXmlFragmentToProseMirrorRootNode(sharedTypes.body(document), schema)
  node.check()
  expect(parseBody(node.toJSON())).toEqual(everyBlock)
})

test('after concurrent edits of every kind of block the merged document fits the schema, so that the editor removes nothing', () => {
  const stream = fc.infiniteStream(fc.nat())
  fc.assert(
    fc.property(stream, stream, (one, other) => {
      const start = documentFromCopy(copyOf(everyBlock), false)
      const state = Y.encodeStateAsUpdate(start)
      const merged = documentFromState(state)
      for (const nat of [one, other]) {
        const theirs = documentFromState(state)
        rewriteDocument(theirs, copyOf(randomEdit(nat)), false)
        Y.applyUpdate(merged, Y.encodeStateAsUpdate(theirs))
      }
      const before = copyFromDocument(merged).body
      yXmlFragmentToProseMirrorRootNode(sharedTypes.body(merged), schema).check()
      expect(copyFromDocument(merged).body).toEqual(before)
    }),
  )
})
