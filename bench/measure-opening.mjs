// Runs in a page before anything else, and keeps in `writableAt` when one could write: its body takes letters, and its words stand there as saved.
// Looking from outside, by questions every few milliseconds, would keep the page’s own processor busy.
{
  const look = () => {
    if (globalThis.writableAt !== undefined || !document.querySelector('[data-state="saved"]')) return
    if (!document.querySelector('.body-sheet [contenteditable="true"]')) return
    globalThis.writableAt = performance.now()
    watching.disconnect()
  }
  const watching = new MutationObserver(look)
  watching.observe(document, { subtree: true, childList: true, attributeFilter: ['data-state', 'contenteditable'] })
}
