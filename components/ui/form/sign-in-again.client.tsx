'use client'
import { useEffect, useRef, type MouseEvent } from 'react'
import { routes } from '@/lib/routes'

/** A window beside the story, which stays in sight. Its name: a second click finds the same one. */
const WINDOW = { name: 'broadsheet-sign-in', features: 'popup,width=480,height=640' }

/** Whoever was signed out while writing signs in beside their words and goes on: in a small window, or in a tab where the browser opens none. */
export function SignInAgain() {
  const link = useRef<HTMLAnchorElement>(null)
  useRestoreFocus(link)
  const address = routes.signInFor(routes.signedIn)

  function open(event: MouseEvent) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    // One that is not opened (null) leaves the link to do what links do.
    if (window.open(address, WINDOW.name, WINDOW.features) !== null) event.preventDefault()
  }

  return (
    <a
      ref={link}
      href={address}
      target="_blank"
      // The caret stays where it is: the mouse takes no focus along.
      onMouseDown={(event) => event.preventDefault()}
      onClick={open}
    >
      Sign in again<span className="visually-hidden">, in a window of its own</span>
    </a>
  )
}

/** This link goes away when somebody signed in; the focus, if it has it, goes back to where they wrote. */
function useRestoreFocus(link: { current: HTMLElement | null }) {
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
