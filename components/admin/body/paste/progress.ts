/** Milliseconds that the last message stays. */
const MESSAGE_TIME = 10_000

export type Progress = {
  show: (done: number) => void
  isStopped: () => boolean
  close: (message: string | null) => void
}

/** A dialog with a bar and a button that stops; Escape stops too. Nothing can be typed meanwhile. */
export function showProgress(pieces: number): Progress {
  let stopped = false
  const dialog = document.createElement('dialog')
  dialog.className = 'panel'
  const label = document.createElement('p')
  label.textContent = 'Pasting…'
  const bar = document.createElement('progress')
  bar.max = pieces
  bar.setAttribute('aria-label', 'Pasted so far')
  const stop = document.createElement('button')
  stop.type = 'button'
  stop.className = 'button'
  stop.textContent = 'Stop'
  stop.addEventListener('click', () => (stopped = true))
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault()
    stopped = true
  })
  dialog.append(label, bar, stop)
  document.body.append(dialog)
  dialog.showModal()
  return {
    show: (done) => (bar.value = done),
    isStopped: () => stopped,
    close(message) {
      dialog.close()
      if (message === null) return dialog.remove()
      bar.remove()
      stop.remove()
      dialog.setAttribute('role', 'status')
      label.textContent = message
      dialog.show()
      setTimeout(() => dialog.remove(), MESSAGE_TIME)
    },
  }
}
