'use client'
import { useEffect, useRef } from 'react'

/** What the last page left to be said here, once: the cookie that brought it is cleared. When the last page took the focus with it, it comes here. */
export function Said({ said, cookie }: { said: string | null; cookie: string }) {
  const notice = useRef<HTMLParagraphElement>(null)
  useEffect(() => {
    if (said === null) return
    document.cookie = `${cookie}=; path=/admin; max-age=0; samesite=lax`
    if (document.activeElement === document.body) notice.current?.focus()
  }, [said, cookie])
  return (
    <div role="status">
      {said !== null && (
        <p className="notice good said" tabIndex={-1} ref={notice}>
          {said}
        </p>
      )}
    </div>
  )
}
