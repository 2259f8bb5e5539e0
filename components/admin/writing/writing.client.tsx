'use client'
import { useRouter } from 'next/navigation'
import { useEffect, useState, type ReactNode } from 'react'
import { routes } from '@/lib/routes'
import { EarlySaves, WritingContext, type Writing } from './writing-context'
import { WritingAnnouncer } from './writing-state.client'

type Props = { storyId: number; userId: number; children: ReactNode }

/** A story's page, with its shared document opened for everything on it. Without script, and until it is open, the page is an ordinary form. */
export function StoryWriting({ storyId, userId, children }: Props) {
  const [early] = useState(() => new EarlySaves())
  const writing = useOpened(storyId, userId, early)
  useFreshPage(writing)
  return (
    <WritingContext value={{ writing, early }}>
      <WritingAnnouncer />
      {children}
    </WritingContext>
  )
}

function useOpened(storyId: number, userId: number, early: EarlySaves): Writing | null {
  const [writing, setWriting] = useState<Writing | null>(null)
  useEffect(() => {
    const leaving = new AbortController()
    const open = async () => {
      // Yjs is loaded here and nowhere else, with all that ties the form to the document: one without the other would show old words as new.
      const [{ openStoryWords }] = await Promise.all([
        import('./story-words'),
        import('./shared-body.client'),
        import('./field-binding'),
        import('@/domain/writing/story-document'),
      ])
      const address = routes.admin.storyWords(storyId)
      const words = await openStoryWords({ storyId, userId, address, signal: leaving.signal })
      if (words === null) return
      if (leaving.signal.aborted) return words.close()
      leaving.signal.addEventListener('abort', () => words.close(), { once: true })
      await early.letIn(words)
      if (!leaving.signal.aborted) setWriting(words)
    }
    void open()
    return () => {
      leaving.abort()
      early.opened = null
      setWriting(null)
    }
  }, [storyId, userId, early])
  return writing
}

/** The page beside the words (where the story stands, what is missing) follows once somebody pauses, and not more often than this. Milliseconds. */
const PAUSES_FOR = 2500
const FRESH_FOR = 10_000

function useFreshPage(writing: Writing | null) {
  const router = useRouter()
  useEffect(() => {
    if (writing === null) return
    let shown = writing.state()
    let freshUntil = 0
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = () => {
      const state = writing.state()
      if (state.kind !== 'saved' || state === shown) return
      shown = state
      clearTimeout(timer)
      timer = setTimeout(
        () => {
          freshUntil = Date.now() + FRESH_FOR
          // A page that cannot be fetched would be left for another.
          if (writing.state().kind === 'saved') router.refresh()
        },
        Math.max(PAUSES_FOR, freshUntil - Date.now()),
      )
    }
    const unsubscribe = writing.subscribe(look)
    return () => {
      clearTimeout(timer)
      unsubscribe()
    }
  }, [writing, router])
}
