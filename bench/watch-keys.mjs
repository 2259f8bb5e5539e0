// Runs in a page, and keeps in `keyTimes` what each key costs, in milliseconds: what the processor is busy from its arrival to the end of everything
// it sets off at once, and for the frame in which it is shown; waiting for that frame costs nothing.
{
  const times = (globalThis.keyTimes = [])
  let began = 0
  const after = (then) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = then
    port2.postMessage(null)
  }
  addEventListener('keydown', () => (began = performance.now()), true)
  addEventListener('input', () => {
    after(() => {
      const handled = performance.now() - began
      requestAnimationFrame(() => {
        const frame = performance.now()
        after(() => times.push(handled + performance.now() - frame))
      })
    })
  })
}
