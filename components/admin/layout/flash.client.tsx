'use client'
import { useEffect, useRef } from 'react'

/** The flash message of the previous page. Clears its cookie, and takes the focus if the navigation lost it. */
export function FlashMessage({ message, cookie }: { message: string | null; cookie: string }) {
  const notice = useRef<HTMLParagraphElement>(null)
  useEffect(() => {
    if (message === null) return
    document.cookie = `${cookie}=; path=/admin; max-age=0; samesite=lax`
    if (document.activeElement === document.body) notice.current?.focus()
  }, [message, cookie])
  return (
    <div role="status">
      {message !== null && (
        <p className="notice good flash" tabIndex={-1} ref={notice}>
          {message}
        </p>
      )}
    </div>
  )
}
