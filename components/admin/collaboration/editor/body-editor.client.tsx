'use client'
import { useContext } from 'react'
import { StandaloneBody } from '../../body/standalone-body.client'
import { StoryPageContext, useDocumentSession } from '../session/session-context'
import { SharedBody } from './shared-body.client'

type Props = { name: string; label: string; value: string }

/**
 * The Tiptap editor of a body, submitted with its form as JSON under `name`. Without script the JSON is submitted unchanged.
 * On a story's page it edits the shared document as soon as that is open.
 * @param props.value the body as the page has it, as JSON; empty for a headline
 */
export function BodyEditor(props: Props) {
  const page = useContext(StoryPageContext)
  const session = useDocumentSession(page)
  return page === null ? <StandaloneBody {...props} /> : <SharedBody {...props} session={session} />
}
