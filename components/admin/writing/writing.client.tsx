'use client'
import { useLayoutEffect, useState, type ReactNode } from 'react'
import { routes } from '@/lib/routes'
import { inEdition } from '@/domain/writing/words-frame'
import { useFreshPage } from './fresh-page'
import { askForWords, openStoryWords } from './story-words'
import { StoryPage, StoryPageContext, useWriting } from './writing-context'
import { WritingAnnouncer } from './writing-state.client'

type Props = { storyId: number; userId: number; children: ReactNode }

/** The words are on their way before any script runs, and only where some will. */
const WITH_SCRIPT = '(scripting: enabled)'

const IN_BROWSER = typeof window !== 'undefined'

/** A story's page, with its shared document opened for everything on it. Without script, and until it is open, the page is an ordinary form. */
export function StoryWriting({ storyId, userId, children }: Props) {
  const address = routes.admin.storyWords(storyId)
  const [page] = useState(() => new StoryPage(IN_BROWSER ? askForWords(address) : null))
  useOpened({ storyId, userId, address }, page)
  useFreshPage(page, useWriting(page))
  return (
    <StoryPageContext value={page}>
      <link rel="preload" as="fetch" crossOrigin="anonymous" media={WITH_SCRIPT} href={inEdition(address)} />
      <WritingAnnouncer />
      {children}
    </StoryPageContext>
  )
}

type Opened = { storyId: number; userId: number; address: string }

/** Opened before the page is shown again: where all that is needed has come, its editor is on the page that people see first with script. */
function useOpened({ storyId, userId, address }: Opened, page: StoryPage) {
  useLayoutEffect(() => {
    const leaving = new AbortController()
    const open = async () => {
      const words = await openStoryWords({ storyId, userId, address, signal: leaving.signal }, page.takeAsked())
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
