import { Text, UndoManager, type Array as SharedArray, type Transaction, type YTextEvent } from 'yjs'

type Control = HTMLInputElement | HTMLTextAreaElement

/**
 * Undo and redo of local edits in a bound control. The browser's own undo history is lost as soon as a script writes to the control.
 * @param shared local edits have the control as their transaction origin
 * @returns removes the listeners
 */
export function bindUndo(control: Control, shared: Text | SharedArray<unknown>): () => void {
  const text = shared instanceof Text ? shared : null
  const manager = new UndoManager(shared, { trackedOrigins: new Set<unknown>([control]) })
  // Among names, the binding sets the caret.
  let position: number | null = null
  const trackPosition = ({ delta }: YTextEvent, { origin }: Transaction) => {
    if (origin === manager) position = endOf(delta)
  }
  const apply = (action: UndoAction, event: Event) => {
    event.preventDefault()
    if (manager[action]() !== null && position !== null) control.setSelectionRange(position, position)
  }
  const onBeforeInput = (event: InputEvent) => {
    const action = inputActions[event.inputType]
    if (action !== undefined && event.cancelable && !event.isComposing) apply(action, event)
  }
  // Browsers fire no `beforeinput` where their own history is empty.
  const onKeyDown = (event: KeyboardEvent) => {
    const action = keyAction(event)
    if (action !== null && !event.isComposing) apply(action, event)
  }
  text?.observe(trackPosition)
  control.addEventListener('beforeinput', onBeforeInput as EventListener)
  control.addEventListener('keydown', onKeyDown as EventListener)
  return () => {
    text?.unobserve(trackPosition)
    control.removeEventListener('beforeinput', onBeforeInput as EventListener)
    control.removeEventListener('keydown', onKeyDown as EventListener)
    manager.destroy()
  }
}

type UndoAction = 'undo' | 'redo'

/** The input types that menus and gestures fire. */
const inputActions: Partial<Record<string, UndoAction>> = { historyUndo: 'undo', historyRedo: 'redo' }

function keyAction({ key, code, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): UndoAction | null {
  if (altKey || ctrlKey === metaKey) return null
  // On layouts of another script, by the position of the key.
  const letter = /^[a-z]$/iu.test(key) ? key.toLowerCase() : code.slice('Key'.length).toLowerCase()
  if (letter === 'z') return shiftKey ? 'redo' : 'undo'
  return letter === 'y' && !shiftKey ? 'redo' : null
}

/** The end of the last change. */
function endOf(delta: YTextEvent['delta']): number {
  let [at, end] = [0, 0]
  for (const { retain = 0, insert } of delta) {
    at += retain + (typeof insert === 'string' ? insert.length : 0)
    if (retain === 0) end = at
  }
  return end
}
