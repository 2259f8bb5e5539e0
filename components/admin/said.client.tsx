'use client'
import { useEffect } from 'react'

/** What the last page left to be said here, once: the cookie that brought it is cleared. */
export function Said({ said, cookie }: { said: string | null; cookie: string }) {
  useEffect(() => {
    if (said !== null) document.cookie = `${cookie}=; path=/admin; max-age=0; samesite=lax`
  }, [said, cookie])
  return <div role="status">{said !== null && <p className="notice good said">{said}</p>}</div>
}
