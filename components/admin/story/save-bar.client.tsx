'use client'
import { useEffect, useRef, type ReactNode } from 'react'

/** The buttons of the story form, at the lower edge of the window. What gets the focus is scrolled clear of them, however much they say just now. */
export function SaveBar({ children }: { children: ReactNode }) {
  const bar = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const { current } = bar
    if (!current) return
    const { style } = document.documentElement
    const keepClear = new ResizeObserver(() => (style.scrollPaddingBlockEnd = `${current.offsetHeight}px`))
    keepClear.observe(current)
    return () => {
      keepClear.disconnect()
      style.scrollPaddingBlockEnd = ''
    }
  }, [])
  return (
    <div className="save-bar" ref={bar}>
      {children}
    </div>
  )
}
