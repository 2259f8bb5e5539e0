'use client'
import { useEffect, useRef, useState } from 'react'
import { describeTypedTime } from '@/domain/time/newsroom-time'

/** The time in the field `due`, in the newsroom's time zone and in UTC, updated while it is typed. */
export function TimePreview({ timeZone }: { timeZone: string }) {
  const output = useRef<HTMLSpanElement>(null)
  const [preview, setPreview] = useState('')
  useEffect(() => {
    const due = output.current?.closest('form')?.elements.namedItem('due')
    if (!(due instanceof HTMLInputElement)) return
    const update = () => setPreview(describeTypedTime(due.value, timeZone))
    update()
    due.addEventListener('input', update)
    return () => due.removeEventListener('input', update)
  }, [timeZone])
  return (
    <span ref={output} aria-live="polite">
      {preview}
    </span>
  )
}
