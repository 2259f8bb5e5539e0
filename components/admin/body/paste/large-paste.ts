import { Extension } from '@tiptap/core'
import { DOMParser as SchemaParser, type Node } from '@tiptap/pm/model'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { bodyLimits } from '@/domain/body/body-parser'
import { newBlockId } from '../block-id'
import { ownOrigins } from '../link-address'
import { endUndoStep } from '../typing/undo-step'
import { cleanPastedHtml } from './clean-html'
import { idsIn } from './paste-ids'
import { paragraphsOfText, joined } from './plain-text'
import { showProgress } from './progress'

/** Characters of what is pasted, from which on it is inserted by pieces. */
const LARGE = 200_000
/** Lines, from which on it is, too. */
const MANY_LINES = 1500
/** Elements or paragraphs of a piece: a few hundredths of a second each. */
const PIECE = 250

/** Inserts a large paste by pieces, so that the page answers meanwhile: with progress, and a button to stop. One undo step takes it out. */
export const LargePaste = Extension.create({
  name: 'largePaste',
  // Before everything else that handles a paste.
  priority: 20_000,
  addProseMirrorPlugins: () => [
    new Plugin({
      key: new PluginKey('largePaste'),
      props: {
        handleDOMEvents: {
          paste: (view, event) => {
            const pieces = piecesOf(view, event)
            if (pieces === null) return false
            event.preventDefault()
            void insertPieces(view, pieces)
            return true
          },
        },
      },
    }),
  ],
})

/** @returns null for a paste that is inserted at once */
function piecesOf(view: EditorView, { clipboardData }: ClipboardEvent): (() => Node[])[] | null {
  const html = clipboardData?.getData('text/html') ?? ''
  const text = clipboardData?.getData('text/plain') ?? ''
  const { $from } = view.state.selection
  // Inside a table, a box or a quote all of it has to stay there.
  const isAtTop = $from.depth === 1 && $from.parent.isTextblock
  if (!isAtTop || !view.editable || !isLarge(html === '' ? text : html)) return null
  return html === '' ? textPieces(view, text) : htmlPieces(view, html)
}

const isLarge = (pasted: string) =>
  pasted.length >= LARGE || (pasted.match(/\n|<(?:p|div|li|br|tr|h\d)\b/giu)?.length ?? 0) >= MANY_LINES

function textPieces({ state: { schema } }: EditorView, text: string): (() => Node[])[] {
  const { paragraph } = schema.nodes
  return inPieces(paragraphsOfText(text)).map(
    (paragraphs) => () =>
      paragraph
        ? paragraphs.map((lines) =>
            paragraph.create(
              null,
              joined(
                schema,
                lines.map((line) => [schema.text(line)]),
              ),
            ),
          )
        : [],
  )
}

/** Pieces of the innermost element that holds everything, inside copies of the elements around it, with the page's styles. */
function htmlPieces({ state: { schema } }: EditorView, html: string): (() => Node[])[] {
  const page = new DOMParser().parseFromString(html, 'text/html')
  const styles = [...page.querySelectorAll('style')].map((style) => style.outerHTML).join('')
  for (const gone of page.body.querySelectorAll('style, script, meta, link, title')) gone.remove()
  const around: Element[] = []
  let holder: Element = page.body
  for (;;) {
    const only: Element | null = holder.children.length === 1 ? holder.firstElementChild : null
    const isAll =
      only !== null && [...holder.childNodes].every((node) => node === only || node.textContent?.trim() === '')
    if (!only || !isAll || !/^(?:DIV|B|SPAN|ARTICLE|SECTION|MAIN|CENTER|FONT)$/u.test(only.tagName)) break
    around.push(only.cloneNode(false) as Element)
    holder = only
  }
  const parser = SchemaParser.fromSchema(schema)
  return inPieces([...holder.childNodes], mayCut).map((nodes) => () => {
    const piece = page.createElement('div')
    let place: Element = piece
    for (const element of around) place = place.appendChild(element.cloneNode(false) as Element)
    place.append(...nodes)
    const written = document.implementation.createHTMLDocument('').body
    written.innerHTML = cleanPastedHtml(styles + piece.innerHTML, ownOrigins())
    return parser.parse(written).content.content.filter((node) => node.content.size > 0 || node.isAtom)
  })
}

/** @param mayEnd whether a piece may end before the second of two neighbours */
function inPieces<T>(all: T[], mayEnd: (before: T, next: T) => boolean = () => true): T[][] {
  const pieces: T[][] = []
  let piece: T[] = []
  all.forEach((one, index) => {
    const before = all[index - 1]
    if (piece.length >= PIECE && before !== undefined && mayEnd(before, one)) {
      pieces.push(piece)
      piece = []
    }
    piece.push(one)
  })
  return piece.length > 0 ? [...pieces, piece] : pieces
}

/** Not inside a line or a list that is written as paragraphs. */
function mayCut(before: ChildNode, next: ChildNode): boolean {
  if (before.nodeName === 'BR' && next.nodeName === 'BR') return true
  return [before, next].some(
    (node) =>
      node instanceof Element &&
      /^(?:P|DIV|H[1-6]|TABLE|UL|OL|BLOCKQUOTE|HR|SECTION|ARTICLE)$/u.test(node.tagName) &&
      !node.outerHTML.slice(0, MOST_OF_TAG).includes('mso-list') &&
      node.querySelector('[data-listid]') === null,
  )
}

/** Characters that a tag with its style takes. */
const MOST_OF_TAG = 1000

async function insertPieces(view: EditorView, pieces: (() => Node[])[]) {
  const progress = showProgress(pieces.length)
  endUndoStep(view)
  let lastId: string | null = null
  let done = 0
  try {
    for (const piece of pieces) {
      await nextFrame()
      if (progress.isStopped() || view.isDestroyed) break
      lastId = insertBehind(view, piece(), lastId) ?? lastId
      done += 1
      progress.show(done)
    }
  } finally {
    if (!view.isDestroyed) endUndoStep(view)
    const isTooLong = countParts(view.state.doc) > bodyLimits.nodes
    progress.close(
      done < pieces.length
        ? `Stopped: ${done} of ${pieces.length} parts were pasted. Undo takes them out again.`
        : isTooLong
          ? `The body now has more than 20,000 parts: so much cannot be saved. Undo takes out what was pasted.`
          : null,
    )
    if (!view.isDestroyed) view.focus()
  }
}

/** Inserts blocks behind the one that was inserted last, wherever others have moved it, or at the caret. @returns the id of the last */
function insertBehind(view: EditorView, blocks: Node[], lastId: string | null): string | null {
  const nodes = idsIn(view.state.schema.topNodeType.create(null, blocks).content)
  const id: unknown = nodes.lastChild?.attrs.id
  if (nodes.childCount === 0) return null
  const { tr, selection, doc } = view.state
  const { $from, $to } = selection
  let behind: number | null = null
  doc.forEach((node, offset) => {
    if (lastId !== null && node.attrs.id === lastId) behind = offset + node.nodeSize
  })
  if (behind !== null) tr.insert(behind, nodes)
  else {
    const isEmpty = $from.parent.content.size === 0 && selection.empty
    if (isEmpty) tr.replaceWith($from.before(1), $from.after(1), nodes)
    else {
      tr.deleteSelection()
      const $at = tr.doc.resolve(Math.min(tr.mapping.map($to.pos), tr.doc.content.size))
      // The text behind the caret stays behind what is pasted.
      if ($at.depth > 0 && $at.parentOffset > 0 && $at.parentOffset < $at.parent.content.size) {
        tr.split($at.pos, 1, [{ type: $at.parent.type, attrs: { ...$at.parent.attrs, id: newBlockId() } }])
        tr.insert($at.pos + 1, nodes)
      } else tr.insert($at.depth === 0 ? $at.pos : $at.parentOffset === 0 ? $at.before(1) : $at.after(1), nodes)
    }
  }
  // Not marked as a paste: links made from its addresses would be undo steps of their own.
  view.dispatch(tr)
  return typeof id === 'string' ? id : null
}

function countParts(doc: Node): number {
  let count = 0
  doc.descendants(() => {
    count += 1
  })
  return count
}

/** A hidden page has no frames. */
const nextFrame = () => new Promise((resolve) => setTimeout(resolve))
