'use client'
import type { Editor } from '@tiptap/react'
import { useId, useState } from 'react'
import { embedFrame, isEmbeddable, MAX_TITLE_LENGTH } from '@/domain/body/embed'
import { topLevelBlock, insertBlock } from './block-commands'
import { EditorDialog } from './editor-dialog.client'
import { completeUrl } from './link-address'

/** Asks for the address and the title of an embed: a new one, or the one that is selected. */
export function EmbedDialog({ editor, close }: { editor: Editor; close: () => void }) {
  const [invalid, setInvalid] = useState(false)
  const [href, setHref] = useState(() => selectedEmbed(editor)?.href ?? '')
  const id = useId()
  const existing = selectedEmbed(editor)

  function submit(formData: FormData): boolean {
    const url = completeUrl(href.trim())
    const title = formData.get('title')
    const attrs = { href: url, title: typeof title === 'string' ? title.trim() : '' }
    const isValid = isEmbeddable(url)
    setInvalid(!isValid)
    if (isValid && existing) editor.commands.updateAttributes('embed', attrs)
    else if (isValid) insertBlock(editor, { type: 'embed', attrs })
    return isValid
  }

  return (
    <EditorDialog title="Embed" onSubmit={submit} {...{ editor, close }}>
      {(dismiss) => (
        <>
          <div className="field">
            <label htmlFor={id}>Address</label>
            <input
              id={id}
              type="url"
              autoComplete="off"
              value={href}
              onChange={({ target }) => setHref(target.value)}
              aria-invalid={invalid}
              aria-describedby={`${id}-hint`}
            />
            <p id={`${id}-hint`} className={invalid ? 'error' : 'hint'} role={invalid ? 'alert' : undefined}>
              {invalid ? 'This is no address in the web. It begins with https://' : hintFor(completeUrl(href.trim()))}
            </p>
          </div>
          <div className="field">
            <label htmlFor={`${id}-title`}>Title</label>
            <input
              id={`${id}-title`}
              name="title"
              maxLength={MAX_TITLE_LENGTH}
              defaultValue={existing?.title ?? ''}
              aria-describedby={`${id}-title-hint`}
            />
            <p id={`${id}-title-hint`} className="hint">
              What readers see before they open it.
            </p>
          </div>
          <div className="actions">
            <button className="button primary">{existing ? 'Change embed' : 'Embed'}</button>
            <button type="button" className="button quiet" onClick={dismiss}>
              Cancel
            </button>
          </div>
        </>
      )}
    </EditorDialog>
  )
}

function hintFor(href: string): string {
  const frame = embedFrame(href)
  if (frame) return `Readers get a card with a link, and a button that loads it from ${frame.provider}.`
  return isEmbeddable(href)
    ? 'Readers get a card with a link.'
    : 'YouTube, Vimeo, Dailymotion, Spotify, SoundCloud and OpenStreetMap open on the page; everything else is a card with a link.'
}

/** The embed that is selected. */
function selectedEmbed(editor: Editor): { href: string; title: string } | null {
  const node = topLevelBlock(editor.state)?.node
  return node?.type.name === 'embed' ? (node.attrs as { href: string; title: string }) : null
}
