'use client'
import { EditorContent, useEditor, useEditorState, type Editor } from '@tiptap/react'
import { useContext, useEffect, useId, useRef } from 'react'
import { plainText, readBody } from '@/domain/story/body'
import { bodyExtensions, newBlockId } from './body-extensions'
import { BodyToolbar } from './body-toolbar.client'
import { SubmissionContext, useField } from './form-context'
import { TheirBody } from './their-body.client'

/**
 * The body, written in Tiptap and sent with the form it stands in as JSON under `name`. Without script the JSON travels unchanged.
 * @param value the body as the page has it, as JSON; empty for a headline. Read once: what is being written is never replaced.
 */
export function BodyEditor({ name, label, value }: { name: string; label: string; value: string }) {
  const field = useField(name, value)
  const { formId } = useContext(SubmissionContext)
  const labelId = `${formId}-${name}-label`
  const helpId = useId()
  const place = useRef<HTMLDivElement>(null)
  const editor = useEditor({
    extensions: bodyExtensions,
    content: documentOf(field.shown),
    immediatelyRender: false,
    shouldRerenderOnTransaction: false,
    injectCSS: false,
    editorProps: {
      attributes: {
        id: field.id,
        role: 'textbox',
        class: 'body-text',
        'aria-multiline': 'true',
        'aria-labelledby': labelId,
        'aria-describedby': helpId,
      },
    },
    onUpdate: () => place.current?.dispatchEvent(new Event('input', { bubbles: true })),
  })
  useSentWithForm(name, editor, place)

  return (
    <div className="field body-field" ref={place}>
      <span className="label" id={labelId}>
        {label}
      </span>
      <input type="hidden" name={name} defaultValue={field.shown} />
      <div className="needs-script">
        {editor && <BodyToolbar editor={editor} />}
        <EditorContent editor={editor} className="body-sheet" />
      </div>
      <div id={helpId} className="below">
        {editor && <WordCount editor={editor} />}
        {field.errors.map((error) => (
          <p key={error} className="error">
            {error}
          </p>
        ))}
      </div>
      {field.theirs && <TheirBody {...field.theirs} mine={wordsOf(field.shown)} latest={value} editor={editor} />}
    </div>
  )
}

/** The document is written out when the form is sent, not at every key. */
function useSentWithForm(name: string, editor: Editor | null, place: { current: HTMLDivElement | null }) {
  useEffect(() => {
    const form = place.current?.closest('form')
    if (!form || !editor) return
    const write = ({ formData }: FormDataEvent) => formData.set(name, JSON.stringify(editor.getJSON()))
    form.addEventListener('formdata', write)
    return () => form.removeEventListener('formdata', write)
  }, [name, editor, place])
}

const WORDS_A_MINUTE = 230

function WordCount({ editor }: { editor: Editor }) {
  const words = useEditorState({
    editor,
    selector: ({ editor }) =>
      editor.state.doc.textBetween(0, editor.state.doc.content.size, ' ').match(/\S+/gu)?.length ?? 0,
  })
  const minutes = Math.max(1, Math.round(words / WORDS_A_MINUTE))
  return (
    <p className="hint">
      {words === 0
        ? 'No body yet: readers get a headline.'
        : `${words.toLocaleString('en')} ${words === 1 ? 'word' : 'words'}, ${minutes} min to read`}
    </p>
  )
}

function wordsOf(json: string): string {
  const body = readBody(documentOf(json), newBlockId)
  return body === null ? '' : plainText(body)
}

/** @returns what the editor begins with; JSON that cannot be read begins empty, and is still in the hidden field */
export function documentOf(json: string): object {
  try {
    const read: unknown = JSON.parse(json)
    if (typeof read === 'object' && read !== null) return read
  } catch {
    // An empty field is no JSON: a headline has no body yet.
  }
  return { type: 'doc', content: [{ type: 'paragraph' }] }
}
