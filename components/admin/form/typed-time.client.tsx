'use client'
import { useEffect, useRef, useState } from 'react'
import { typedTimeInWords } from '@/domain/time/newsroom-time'

/** What the time that stands in the field `due` comes to, in the newsroom's zone and in UTC, as soon as it is typed. */
export function TypedTimeInWords({ timeZone }: { timeZone: string }) {
  const place = useRef<HTMLSpanElement>(null)
  const [words, setWords] = useState('')
  useEffect(() => {
    const due = place.current?.closest('form')?.elements.namedItem('due')
    if (!(due instanceof HTMLInputElement)) return
    const look = () => setWords(typedTimeInWords(due.value, timeZone))
    look()
    due.addEventListener('input', look)
    return () => due.removeEventListener('input', look)
  }, [timeZone])
  return (
    <span ref={place} aria-live="polite">
      {words}
    </span>
  )
}
