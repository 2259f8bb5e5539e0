import { Text, UndoManager, type Array as SharedArray, type Transaction, type YTextEvent } from 'yjs'

type Control = HTMLInputElement | HTMLTextAreaElement

/**
 * Undoing in a control that is tied to a shared text, or to a shared list of names, takes back one's own words, and leaves those of others. The
 * browser's own undoing cannot: it forgets everything as soon as a script puts in what somebody else wrote.
 * @param shared its changes that come from the control have the control as their origin
 * @returns ends it
 */
export function undoOwnWords(control: Control, shared: Text | SharedArray<unknown>): () => void {
  const text = shared instanceof Text ? shared : null
  const steps = new UndoManager(shared, { trackedOrigins: new Set<unknown>([control]) })
  // Among names the caret is put where they are shown.
  let place: number | null = null
  const note = ({ delta }: YTextEvent, { origin }: Transaction) => {
    if (origin === steps) place = endOf(delta)
  }
  const go = (way: Way, event: Event) => {
    event.preventDefault()
    if (steps[way]() !== null && place !== null) control.setSelectionRange(place, place)
  }
  const chosen = (event: InputEvent) => {
    const way = ways[event.inputType]
    if (way !== undefined && event.cancelable && !event.isComposing) go(way, event)
  }
  // The browser asks for nothing where it has nothing to undo itself.
  const pressed = (event: KeyboardEvent) => {
    const way = wayOf(event)
    if (way !== null && !event.isComposing) go(way, event)
  }
  text?.observe(note)
  control.addEventListener('beforeinput', chosen as EventListener)
  control.addEventListener('keydown', pressed as EventListener)
  return () => {
    text?.unobserve(note)
    control.removeEventListener('beforeinput', chosen as EventListener)
    control.removeEventListener('keydown', pressed as EventListener)
    steps.destroy()
  }
}

type Way = 'undo' | 'redo'

/** As menus and gestures ask for it. */
const ways: Partial<Record<string, Way>> = { historyUndo: 'undo', historyRedo: 'redo' }

function wayOf({ key, code, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): Way | null {
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
