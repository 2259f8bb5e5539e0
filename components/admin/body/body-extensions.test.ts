import { getSchema } from '@tiptap/core'
import { yXmlFragmentToProseMirrorRootNode } from '@tiptap/y-tiptap'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { readBody } from '@/domain/body/body-reader'
import { changedBy, everyBlock } from '@/domain/body/blocks.test-support'
import { emptyCopy } from '@/domain/writing/copies.test-support'
import { copyIn, documentOf, documentWith, parts, rewriteDocument } from '@/domain/writing/story-document'
import type { Copy } from '@/domain/story/story'
import { bodyExtensions } from './body-extensions'

const schema = getSchema(bodyExtensions)
const copyOf = (content: unknown): Copy => ({ ...emptyCopy, body: readBody(content) })

test('the editor knows every block of a body, and writes it as it was', () => {
  const document = documentOf(copyOf(everyBlock), false)
  const node = yXmlFragmentToProseMirrorRootNode(parts.body(document), schema)
  node.check()
  expect(readBody(node.toJSON())).toEqual(everyBlock)
})

test('what two people leave who change every kind of block at once, the editor takes as it is: it takes away no word', () => {
  const stream = fc.infiniteStream(fc.nat())
  fc.assert(
    fc.property(stream, stream, (one, other) => {
      const start = documentOf(copyOf(everyBlock), false)
      const state = Y.encodeStateAsUpdate(start)
      const merged = documentWith(state)
      for (const nat of [one, other]) {
        const theirs = documentWith(state)
        rewriteDocument(theirs, copyOf(changedBy(nat)), false)
        Y.applyUpdate(merged, Y.encodeStateAsUpdate(theirs))
      }
      const before = copyIn(merged).body
      yXmlFragmentToProseMirrorRootNode(parts.body(merged), schema).check()
      expect(copyIn(merged).body).toEqual(before)
    }),
  )
})
