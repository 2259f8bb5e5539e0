'use client'
import { Editor, type EditorOptions } from '@tiptap/core'
import { useContext, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react'
import { readingMinutes, plainText, countWords } from '@/domain/body/body'
import { parseBody } from '@/domain/body/body-parser'
import { BodyToolbar } from './toolbar/body-toolbar.client'
import { selectedText } from './copied-text'
import { newBlockId } from './block-id'
import { cleanPastedHtml } from './paste/clean-html'
import { ownOrigins } from './link-address'
import { SlashList } from './toolbar/slash-list.client'
import { SubmissionContext, useField } from '../../ui/form/form-context'
import { useNotesInEditor } from './correction-notes.client'
import { ConflictingBody } from './conflicting-body.client'
import { markBound } from '../../ui/form/bound-form'

type Props = {
  name: string
  label: string
  /** The body as the page has it, as JSON. */
  value: string
  field: ReturnType<typeof useField>
  /** Null until it is created. */
  editor: Editor | null
}

/** The field of a body: label, toolbar, editor, word count and errors. Submitted with its form as JSON under `name`. */
export function BodyField({ name, label, value, field, editor }: Props) {
  const ids = useBodyElementIds(name)
  const container = useRef<HTMLDivElement>(null)
  useSubmittedBody(name, editor, container)
  useNotesInEditor(editor)
  return (
    <div className="field body-field" ref={container}>
      <span className="label" id={ids.label}>
        {label}
      </span>
      <input type="hidden" name={name} defaultValue={field.shownValue} />
      <div>
        {editor ? <BodyToolbar editor={editor} /> : <div className="toolbar needs-script" />}
        <div className="body-sheet">
          {editor ? (
            <>
              <EditorMount editor={editor} />
              <SlashList editor={editor} />
            </>
          ) : (
            <StaticBody json={value} />
          )}
        </div>
      </div>
      <div id={ids.help} className="field-messages">
        {editor && <WordCount editor={editor} />}
        {field.errors.map((error) => (
          <p key={error} className="error">
            {error}
          </p>
        ))}
      </div>
      {field.conflict && (
        <ConflictingBody
          by={field.conflict.by}
          text={field.conflict.theirs}
          mine={textOfJson(field.shownValue)}
          latest={value}
          editor={editor}
        />
      )}
    </div>
  )
}

/** Mounts the editor's DOM as it is, because rendering it again would take as long once more. */
function EditorMount({ editor }: { editor: Editor }) {
  const container = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => container.current?.append(editor.view.dom), [editor])
  return <div ref={container} />
}

/** The text until the editor is there, in as many lines, so that nothing below moves. */
function StaticBody({ json }: { json: string }) {
  const text = textOfJson(json)
  return (
    <div className="body-text">
      {text.split('\n').map((line, number) => (
        <p key={number}>{line}</p>
      ))}
    </div>
  )
}

function useBodyElementIds(name: string) {
  const { formId } = useContext(SubmissionContext)
  return { label: `${formId}-${name}-label`, help: `${formId}-${name}-help` }
}

/** What every body's editor has in common. */
export function useEditorOptions(name: string, id: string): Partial<EditorOptions> {
  const { label, help } = useBodyElementIds(name)
  return {
    injectCSS: false,
    // It compares the document at every key for an event that has no listener here.
    enableCoreExtensions: { delete: false },
    editorProps: {
      clipboardTextSerializer: (_slice, view) => selectedText(view),
      transformPastedHTML: (html) => cleanPastedHtml(html, ownOrigins()),
      attributes: {
        id,
        role: 'textbox',
        class: 'body-text',
        'aria-multiline': 'true',
        'aria-labelledby': label,
        'aria-describedby': help,
      },
    },
  }
}

/**
 * An editor, created in a layout effect and destroyed with its key.
 * @param key what is edited; null while there is nothing. Only another key creates another editor.
 * @param options read when the editor is created
 * @returns null until it is created
 */
export function useEditorInstance<Key>(key: Key | null, options: (key: Key) => Partial<EditorOptions>): Editor | null {
  const [editor, setEditor] = useState<Editor | null>(null)
  const createEditor = useEffectEvent((where: Key) => new Editor(options(where)))
  useLayoutEffect(() => {
    if (key === null) return
    const made = createEditor(key)
    setEditor(made)
    return () => {
      setEditor(null)
      made.destroy()
    }
  }, [key])
  return editor
}

/** Serializes the document when the form is submitted, not at every key. */
function useSubmittedBody(name: string, editor: Editor | null, container: { current: HTMLDivElement | null }) {
  useEffect(() => {
    const form = container.current?.closest('form')
    if (!form || !editor) return
    const onFormData = ({ formData }: FormDataEvent) => formData.set(name, serializeBody(editor))
    form.addEventListener('formdata', onFormData)
    const unregister = markBound(form, 'body')
    return () => {
      unregister()
      form.removeEventListener('formdata', onFormData)
    }
  }, [name, editor, container])
}

/** A document that cannot be serialized is sent as text that the server refuses: without it the body that the page was loaded with would be saved. */
function serializeBody(editor: Editor): string {
  try {
    return JSON.stringify(editor.getJSON())
  } catch {
    return 'unreadable'
  }
}

/** Counting walks the whole document, so it waits for a pause in typing. Milliseconds. */
const WORD_COUNT_DELAY = 300

function WordCount({ editor }: { editor: Editor }) {
  const [words, setWords] = useState(() => countWordsIn(editor))
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const scheduleCount = () => {
      clearTimeout(timer)
      timer = setTimeout(() => setWords(countWordsIn(editor)), WORD_COUNT_DELAY)
    }
    scheduleCount()
    editor.on('update', scheduleCount)
    return () => {
      clearTimeout(timer)
      editor.off('update', scheduleCount)
    }
  }, [editor])
  return (
    <p className="hint">
      {words === 0
        ? 'No body yet: readers get a headline.'
        : `${withThousandsSeparators(words)} ${words === 1 ? 'word' : 'words'}, ${readingMinutes(words)} min to read`}
    </p>
  )
}

/** 5000 becomes 5,000. Without `Intl`, which would delay the start of the editor. */
function withThousandsSeparators(count: number): string {
  const rest = String(count % 1000)
  return count < 1000 ? rest : `${withThousandsSeparators(Math.floor(count / 1000))},${rest.padStart(3, '0')}`
}

const countWordsIn = ({ state: { doc } }: Editor): number => countWords(doc.textBetween(0, doc.content.size, ' '))

function textOfJson(json: string): string {
  const body = parseBody(parseDocument(json), newBlockId)
  return body === null ? '' : plainText(body)
}

/** @returns the editor's initial document: empty for JSON that cannot be read, which stays in the hidden field */
export function parseDocument(json: string): object {
  try {
    const parsed: unknown = JSON.parse(json)
    if (typeof parsed === 'object' && parsed !== null) return parsed
  } catch {
    // A headline without a body has an empty field.
  }
  return { type: 'doc', content: [{ type: 'paragraph' }] }
}
