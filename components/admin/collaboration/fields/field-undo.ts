import { Text, UndoManager, type Array as SharedArray, type Transaction, type YTextEvent } from 'yjs'

type Control = HTMLInputElement | HTMLTextAreaElement

/**
 * Undoing in a control that is tied to a shared text, or to a shared list of names, takes back one's own words, and leaves those of others. The
 * browser's own undoing cannot: it forgets everything as soon as a script puts in what somebody else wrote.
 * @param shared its changes that come from the control have the control as their origin
 * @returns ends it
 */
export function bindUndo(control: Control, shared: Text | SharedArray<unknown>): () => void {
  const text = shared instanceof Text ? shared : null
  const manager = new UndoManager(shared, { trackedOrigins: new Set<unknown>([control]) })
  // Among names the caret is put where they are shown.
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
  // The browser asks for nothing where it has nothing to undo itself.
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

/** As menus and gestures ask for it. */
const inputActions: Partial<Record<string, UndoAction>> = { historyUndo: 'undo', historyRedo: 'redo' }

function keyAction({ key, code, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): UndoAction | null {
  if (altKey || ctrlKey === metaKey) return null
  // In other scripts than the Latin one the key is where it is there.
  const letter = /^[a-z]$/iu.test(key) ? key.toLowerCase() : code.slice('Key'.length).toLowerCase()
  if (letter === 'z') return shiftKey ? 'redo' : 'undo'
  return letter === 'y' && !shiftKey ? 'redo' : null
}

/** Behind the last of several changes. */
function endOf(delta: YTextEvent['delta']): number {
  let [at, end] = [0, 0]
  for (const { retain = 0, insert } of delta) {
    at += retain + (typeof insert === 'string' ? insert.length : 0)
    if (retain === 0) end = at
  }
  return end
}
