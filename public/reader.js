// The portal's own script: small, deferred, and needed for nothing. It shows what only a script can do.
const find = (selector, work) => document.querySelectorAll(selector).forEach(work)
const say = (words) => find('.passed-on', (status) => (status.textContent = words))
const offer = (button, work) => {
  button.closest('li').hidden = false
  button.addEventListener('click', work)
}

if (navigator.clipboard) {
  find('[data-copy]', (button) =>
    offer(button, () =>
      navigator.clipboard.writeText(button.dataset.copy).then(
        () => say('The link is copied.'),
        () => say('The link could not be copied: ' + button.dataset.copy),
      ),
    ),
  )
}
if (navigator.share) {
  find('[data-share]', (button) =>
    offer(button, () =>
      navigator.share({ title: button.dataset.title, url: button.dataset.share }).catch(() => undefined),
    ),
  )
}
find('[data-print]', (button) => offer(button, () => window.print()))
// What stands elsewhere is asked for by whoever wants to see it, and not before.
find('[data-frame]', (button) => {
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
