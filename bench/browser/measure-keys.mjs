// Runs in a page and records in `keyTimes` the cost of each key in milliseconds of processor time: from its event until its letter is in the document and
// all listeners have run (`handled`), and until the end of the tasks and of the frame that it causes (`whole`), without the wait for that frame.
{
  const times = (globalThis.keyTimes = [])
  let startedAt = 0
  const after = (then) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = then
    port2.postMessage(null)
  }
  addEventListener('keydown', () => (startedAt = performance.now()), true)
  // The last listener; an editor's mutation observers run before the tasks queued here.
  addEventListener('input', () => {
    let handled = 0
    queueMicrotask(() => (handled = performance.now() - startedAt))
    after(() => {
      const setOff = performance.now() - startedAt
      requestAnimationFrame(() => {
        const frame = performance.now()
        after(() => times.push({ handled, whole: setOff + performance.now() - frame }))
      })
    })
  })
}
