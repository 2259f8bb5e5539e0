import { Mark } from '@tiptap/core'
import { markElements } from '@/domain/body/inline'

/** Raised or lowered characters: 10<sup>6</sup>, H<sub>2</sub>O. Never both. */
const raisedOrLowered = (name: 'superscript' | 'subscript', other: string, key: string) =>
  Mark.create({
    name,
    excludes: `${name} ${other}`,
    parseHTML: () => [{ tag: markElements[name] }],
    renderHTML: ({ HTMLAttributes }) => [markElements[name], HTMLAttributes, 0],
    addKeyboardShortcuts() {
      return { [key]: () => this.editor.commands.toggleMark(name) }
    },
  })

/** The keys are those of Google Docs. */
export const markExtensions = [
  raisedOrLowered('superscript', 'subscript', 'Mod-.'),
  raisedOrLowered('subscript', 'superscript', 'Mod-,'),
]
