// The readers' script: deferred, and no page needs it. It shows buttons that only work with script.
const forEach = (selector, callback) => document.querySelectorAll(selector).forEach(callback)
const announce = (text) => forEach('.passed-on', (status) => (status.textContent = text))
const enable = (button, onClick) => {
  button.closest('li').hidden = false
  button.addEventListener('click', onClick)
}

if (navigator.clipboard) {
  forEach('[data-copy]', (button) =>
    enable(button, () =>
      navigator.clipboard.writeText(button.dataset.copy).then(
        () => announce('The link is copied.'),
        () => announce('The link could not be copied: ' + button.dataset.copy),
      ),
    ),
  )
}
if (navigator.share) {
  forEach('[data-share]', (button) =>
    enable(button, () =>
      navigator.share({ title: button.dataset.title, url: button.dataset.share }).catch(() => undefined),
    ),
  )
}
forEach('[data-print]', (button) => enable(button, () => window.print()))
// A provider's frame is loaded when the reader asks for it.
forEach('[data-frame]', (button) => {
  button.hidden = false
  button.addEventListener('click', () => {
    const frame = document.createElement('iframe')
    frame.setAttribute('sandbox', 'allow-scripts allow-same-origin allow-popups allow-presentation')
    frame.allow = 'fullscreen; encrypted-media; picture-in-picture'
    frame.title = button.dataset.title
    frame.className = button.dataset.shape
    frame.src = button.dataset.frame
    button.replaceWith(frame)
    frame.focus()
  })
})
