'use client'
import { useEffect, useRef, type MouseEvent, type RefObject } from 'react'
import { routes } from '@/lib/routes'

/** A small window beside the page. By its name a second click opens the same window. */
const WINDOW = { name: 'broadsheet-sign-in', features: 'popup,width=480,height=640' }

/** Lets a user who was signed out while writing sign in without leaving the page: in a small window, or in a tab where the browser opens none. */
export function SignInAgain() {
  const link = useRef<HTMLAnchorElement>(null)
  useRestoreFocus(link)
  const address = routes.signInFor(routes.signedIn)

  function open(event: MouseEvent) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    // Null: the window was blocked, and the link opens a tab.
    if (window.open(address, WINDOW.name, WINDOW.features) !== null) event.preventDefault()
  }

  return (
    <a
      ref={link}
      href={address}
      target="_blank"
      // Keeps the focus, and with it the caret, where it is.
      onMouseDown={(event) => event.preventDefault()}
      onClick={open}
    >
      Sign in again<span className="visually-hidden">, in a window of its own</span>
    </a>
  )
}

/** After sign-in this link is removed: if it has the focus, the focus returns to the control that had it last. */
function useRestoreFocus(link: RefObject<HTMLElement | null>) {
  useEffect(() => {
    const linkElement = link.current
    let lastEditable = editableElement(document.activeElement)
    const track = ({ target }: FocusEvent) => (lastEditable = editableElement(target) ?? lastEditable)
    document.addEventListener('focusin', track)
    return () => {
      document.removeEventListener('focusin', track)
      const { activeElement } = document
      if (activeElement === null || activeElement === linkElement || activeElement === document.body)
        lastEditable?.focus()
    }
  }, [link])
}

function editableElement(target: EventTarget | null): HTMLElement | null {
  const isEditable =
    target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable="true"]')
  return isEditable ? target : null
}
