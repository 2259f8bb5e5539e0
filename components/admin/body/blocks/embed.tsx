import { mergeAttributes, Node, type Editor } from '@tiptap/core'
import { useState } from 'react'
import { embedFrame, hostOf, isEmbeddable, MAX_TITLE_LENGTH } from '@/domain/body/embed'
import { unwrapLink } from '@/domain/body/link-wrappers'
import { insertBlock, removeBlock, topLevelBlock } from './block-commands'
import { DialogField, EditorDialog } from '../toolbar/editor-dialog.client'
import { completeUrl } from '../link-address'
import type { EditorBlock } from './block'

const Embed = Node.create({
  name: 'embed',
  group: 'block',
  atom: true,
  addAttributes: () => ({
    href: { default: '', parseHTML: (element) => element.getAttribute('data-href') },
    title: { default: '', parseHTML: (element) => element.getAttribute('data-title') },
  }),
  parseHTML: () => [
    { tag: 'figure[data-href]', getAttrs: (element) => isEmbeddable(element.getAttribute('data-href') ?? '') && null },
  ],
  renderHTML: ({ node, HTMLAttributes: { href: _href, title: _title, ...HTMLAttributes } }) => {
    const { href, title } = node.attrs as { href: string; title: string }
    const attributes = mergeAttributes(HTMLAttributes, { class: 'card', 'data-href': href, 'data-title': title })
    return ['figure', attributes, ['b', {}, title || hostOf(href)], ['span', {}, href]]
  },
})

export const embed: EditorBlock = {
  extensions: [Embed],
  insertItems: [
    { name: 'Embed', keywords: 'video map player youtube card', run: (_editor, openDialog) => openDialog('embed') },
  ],
  tools: {
    label: 'Embed',
    items: [
      { name: 'Change embed', run: (_editor, openDialog) => openDialog('embed') },
      { name: 'Remove embed', run: removeBlock },
    ],
  },
  Dialog: EmbedDialog,
}

/** A dialog for the address and title of a new embed, or of the selected one. */
function EmbedDialog({ editor, close }: { editor: Editor; close: () => void }) {
  const [invalid, setInvalid] = useState(false)
  const [href, setHref] = useState(() => selectedEmbed(editor)?.href ?? '')
  const existing = selectedEmbed(editor)

  function submit(formData: FormData): boolean {
    const url = unwrapLink(completeUrl(href.trim()))
    const title = formData.get('title')
    const attrs = { href: url, title: typeof title === 'string' ? title.trim() : '' }
    const isValid = isEmbeddable(url)
    setInvalid(!isValid)
    if (isValid && existing) editor.commands.updateAttributes('embed', attrs)
    else if (isValid) insertBlock(editor, { type: 'embed', attrs })
    return isValid
  }

  return (
    <EditorDialog
      title="Embed"
      onSubmit={submit}
      actions={() => <button className="button primary">{existing ? 'Change embed' : 'Embed'}</button>}
      {...{ editor, close }}
    >
      <DialogField
        label="Address"
        type="url"
        autoComplete="off"
        value={href}
        onChange={({ target }) => setHref(target.value)}
        invalid={invalid}
        hint={invalid ? 'This is no address in the web. It begins with https://' : hintFor(completeUrl(href.trim()))}
      />
      <DialogField
        label="Title"
        name="title"
        maxLength={MAX_TITLE_LENGTH}
        defaultValue={existing?.title ?? ''}
        hint="What readers see before they open it."
      />
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

function selectedEmbed(editor: Editor): { href: string; title: string } | null {
  const node = topLevelBlock(editor.state)?.node
  return node?.type.name === 'embed' ? (node.attrs as { href: string; title: string }) : null
}
