'use client'
import type { Editor } from '@tiptap/react'
import { useId, useState } from 'react'
import { framedBy, isEmbeddable, LONGEST_TITLE } from '@/domain/body/embed'
import { outerBlock, placeBlock } from './block-commands'
import { EditorDialog } from './editor-dialog.client'
import { wholeAddress } from './link-address'

/** Asks for the address and the title of an embed: a new one, or the one that is selected. */
export function EmbedDialog({ editor, close }: { editor: Editor; close: () => void }) {
  const [wrong, setWrong] = useState(false)
  const [href, setHref] = useState(() => chosen(editor)?.href ?? '')
  const id = useId()
  const present = chosen(editor)

  function embed(typed: FormData): boolean {
    const whole = wholeAddress(href.trim())
    const title = typed.get('title')
    const attrs = { href: whole, title: typeof title === 'string' ? title.trim() : '' }
    const isFit = isEmbeddable(whole)
    setWrong(!isFit)
    if (isFit && present) editor.commands.updateAttributes('embed', attrs)
    else if (isFit) placeBlock(editor, { type: 'embed', attrs })
    return isFit
  }

  return (
    <EditorDialog title="Embed" answer={embed} {...{ editor, close }}>
      {(back) => (
        <>
          <div className="field">
            <label htmlFor={id}>Address</label>
            <input
              id={id}
              type="url"
              autoComplete="off"
              value={href}
              onChange={({ target }) => setHref(target.value)}
              aria-invalid={wrong}
              aria-describedby={`${id}-hint`}
            />
            <p id={`${id}-hint`} className={wrong ? 'error' : 'hint'} role={wrong ? 'alert' : undefined}>
              {wrong
                ? 'This is no address in the web. It begins with https://'
                : whatReadersGet(wholeAddress(href.trim()))}
            </p>
          </div>
          <div className="field">
            <label htmlFor={`${id}-title`}>Title</label>
            <input
              id={`${id}-title`}
              name="title"
              maxLength={LONGEST_TITLE}
              defaultValue={present?.title ?? ''}
              aria-describedby={`${id}-title-hint`}
            />
            <p id={`${id}-title-hint`} className="hint">
              What readers see before they open it.
            </p>
          </div>
          <div className="actions">
            <button className="button primary">{present ? 'Change embed' : 'Embed'}</button>
            <button type="button" className="button quiet" onClick={back}>
              Cancel
            </button>
          </div>
        </>
      )}
    </EditorDialog>
  )
}

function whatReadersGet(href: string): string {
  const framed = framedBy(href)
  if (framed) return `Readers get a card with a link, and a button that loads it from ${framed.provider}.`
  return isEmbeddable(href)
    ? 'Readers get a card with a link.'
    : 'YouTube, Vimeo, Dailymotion, Spotify, SoundCloud and OpenStreetMap open on the page; everything else is a card with a link.'
}

/** The embed that is selected. */
function chosen(editor: Editor): { href: string; title: string } | null {
  const node = outerBlock(editor.state)?.node
  return node?.type.name === 'embed' ? (node.attrs as { href: string; title: string }) : null
}
