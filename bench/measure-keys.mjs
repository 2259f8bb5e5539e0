// Runs in a page, and keeps in `keyTimes` what each key costs, in milliseconds: what the processor is busy from its arrival until its letter is in the
// page and everybody who listens has been told (`handled`), and to the end of everything it sets off at once, and of the frame in which it is shown
// (`whole`); waiting for that frame costs nothing.
{
  const times = (globalThis.keyTimes = [])
  let began = 0
  const after = (then) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = then
    port2.postMessage(null)
  }
  addEventListener('keydown', () => (began = performance.now()), true)
  // The last to hear of it; an editor that looks at what has changed does so before what is asked for here.
  addEventListener('input', () => {
    let handled = 0
    queueMicrotask(() => (handled = performance.now() - began))
    after(() => {
      const setOff = performance.now() - began
      requestAnimationFrame(() => {
        const frame = performance.now()
        after(() => times.push({ handled, whole: setOff + performance.now() - frame }))
      })
    })
  })
}
