'use client'
import { useEffect, useRef, type ReactNode } from 'react'

/** The buttons of the story form at the lower edge of the window. Focused controls scroll clear of it, whatever its height. */
export function SaveBar({ children }: { children: ReactNode }) {
  const bar = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const { current } = bar
    if (!current) return
    const { style } = document.documentElement
    const observer = new ResizeObserver(() => (style.scrollPaddingBlockEnd = `${current.offsetHeight}px`))
    observer.observe(current)
    return () => {
      observer.disconnect()
      style.scrollPaddingBlockEnd = ''
    }
  }, [])
  return (
    <div className="save-bar" ref={bar}>
      {children}
    </div>
  )
}
