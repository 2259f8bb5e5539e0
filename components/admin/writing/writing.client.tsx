'use client'
import { useEffect, useState, type ReactNode } from 'react'
import { routes } from '@/lib/routes'
import { inEdition } from '@/domain/writing/words-frame'
import { useFreshPage } from './fresh-page'
import { openStoryWords } from './story-words'
import { StoryPage, StoryPageContext, useWriting } from './writing-context'
import { WritingAnnouncer } from './writing-state.client'

type Props = { storyId: number; userId: number; children: ReactNode }

/** The words are on their way before any script runs, and only where some will. */
const WITH_SCRIPT = '(scripting: enabled)'

/** A story's page, with its shared document opened for everything on it. Without script, and until it is open, the page is an ordinary form. */
export function StoryWriting({ storyId, userId, children }: Props) {
  const [page] = useState(() => new StoryPage())
  const address = routes.admin.storyWords(storyId)
  useOpened({ storyId, userId, address }, page)
  useFreshPage(useWriting(page))
  return (
    <StoryPageContext value={page}>
      <link rel="preload" as="fetch" crossOrigin="anonymous" media={WITH_SCRIPT} href={inEdition(address)} />
      <WritingAnnouncer />
      {children}
    </StoryPageContext>
  )
}

type Opened = { storyId: number; userId: number; address: string }

function useOpened({ storyId, userId, address }: Opened, page: StoryPage) {
  useEffect(() => {
    const leaving = new AbortController()
    const open = async () => {
      const words = await openStoryWords({ storyId, userId, address, signal: leaving.signal })
      if (words === null) return
      if (leaving.signal.aborted) return words.close()
      leaving.signal.addEventListener('abort', () => words.close(), { once: true })
      await page.early.letIn(words)
      if (!leaving.signal.aborted) page.show(words)
    }
    void open()
    return () => {
      leaving.abort()
      page.early.opened = null
      page.show(null)
    }
  }, [storyId, userId, address, page])
}
