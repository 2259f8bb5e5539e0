// Runs in a page before its own scripts and records in `writableAt` when the editor is usable: its body is editable and its text is shown as saved.
// Polling from outside would take processor time from the page.
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
