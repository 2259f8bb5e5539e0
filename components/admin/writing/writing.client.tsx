'use client'
import { useEffect, useState, type ReactNode } from 'react'
import { routes } from '@/lib/routes'
import { inEdition } from '@/domain/writing/words-frame'
import { useFreshPage } from './fresh-page'
import { openStoryWords } from './story-words'
import { EarlySaves, WritingContext, type Writing } from './writing-context'
import { WritingAnnouncer } from './writing-state.client'

type Props = { storyId: number; userId: number; children: ReactNode }

/** The words are on their way before any script runs, and only where some will. */
const WITH_SCRIPT = '(scripting: enabled)'

/** A story's page, with its shared document opened for everything on it. Without script, and until it is open, the page is an ordinary form. */
export function StoryWriting({ storyId, userId, children }: Props) {
  const [early] = useState(() => new EarlySaves())
  const address = routes.admin.storyWords(storyId)
  const writing = useOpened({ storyId, userId, address }, early)
  useFreshPage(writing)
  return (
    <WritingContext value={{ writing, early }}>
      <link rel="preload" as="fetch" crossOrigin="anonymous" media={WITH_SCRIPT} href={inEdition(address)} />
      <WritingAnnouncer />
      {children}
    </WritingContext>
  )
}

type Opened = { storyId: number; userId: number; address: string }

function useOpened({ storyId, userId, address }: Opened, early: EarlySaves): Writing | null {
  const [writing, setWriting] = useState<Writing | null>(null)
  useEffect(() => {
    const leaving = new AbortController()
    const open = async () => {
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
  }, [storyId, userId, address, early])
  return writing
}
