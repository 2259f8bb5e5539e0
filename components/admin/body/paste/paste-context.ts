import { Extension } from '@tiptap/core'
import { Fragment, Slice, type Node, type Schema } from '@tiptap/pm/model'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { withIds } from './paste-ids'
import { joined, sliceOfText } from './plain-text'

/** Fits what is pasted to where the caret is, and reads plain text as paragraphs. */
export const PasteContext = Extension.create({
  name: 'pasteContext',
  addProseMirrorPlugins: () => [
    new Plugin({
      key: new PluginKey('pasteContext'),
      props: {
        clipboardTextParser: (text, $context) => sliceOfText(text, $context),
        transformPasted: (slice, { state: { selection } }) =>
          holdsOneLine(selection.$from.parent) ? asOneLine(slice, selection.$from.parent.type.schema) : withIds(slice),
      },
    }),
  ],
})

/** A cell, a caption, an attribution: more lines than one would end up outside of it. */
const holdsOneLine = ({ type }: Node) => ['tableCell', 'tableCaption', 'attribution'].includes(type.name)

/** Every line of the slice, with line breaks between; the cells of a row stand in one line. */
function asOneLine(slice: Slice, schema: Schema): Slice {
  if (slice.content.firstChild?.isInline) return slice
  const lines = linesIn(slice.content, schema)
  return lines.length === 0 ? slice : new Slice(Fragment.from(joined(schema, lines)), 0, 0)
}

function linesIn(content: Fragment, schema: Schema): Node[][] {
  return content.content.flatMap((node): Node[][] => {
    if (node.isTextblock) return node.content.size === 0 ? [] : [[...node.content.content]]
    if (node.type.name !== 'tableRow') return linesIn(node.content, schema)
    const cells = node.content.content.map((cell) => [...cell.content.content])
    return [cells.flatMap((cell, index) => (index === 0 ? cell : [schema.text(' '), ...cell]))]
  })
}
