'use client'
import { Editor, type EditorOptions } from '@tiptap/core'
import { useContext, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react'
import { readingMinutes, plainText, countWords } from '@/domain/body/body'
import { parseBody } from '@/domain/body/body-parser'
import { BodyToolbar } from './body-toolbar.client'
import { newBlockId } from './body-extensions'
import { cleanPastedHtml } from './clean-paste'
import { ownOrigins } from './link-address'
import { SlashList } from './slash-list.client'
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
  /** Null until there is one. */
  editor: Editor | null
  singleUndoStep?: (work: () => void) => void
}

/** The place where a body is written: its label, its tools, the sheet and what is said below. It is sent with its form as JSON under `name`. */
export function BodyField({ name, label, value, field, editor, singleUndoStep = (work) => work() }: Props) {
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
        {editor ? <BodyToolbar {...{ editor, singleUndoStep }} /> : <div className="toolbar needs-script" />}
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
          words={field.conflict.theirs}
          mine={textOfJson(field.shownValue)}
          latest={value}
          editor={editor}
        />
      )}
    </div>
  )
}

/** Where one writes. The editor has drawn its text already, and is put here as it is: to have it drawn again would take as long once more. */
function EditorMount({ editor }: { editor: Editor }) {
  const container = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => container.current?.append(editor.view.dom), [editor])
  return <div ref={container} />
}

/** What is written so far, until it can be written in: as many lines as there will be, so that nothing below moves under a click. */
function StaticBody({ json }: { json: string }) {
  const words = textOfJson(json)
  return (
    <div className="body-text">
      {words.split('\n').map((line, number) => (
        <p key={number}>{line}</p>
      ))}
    </div>
  )
}

function useBodyElementIds(name: string) {
  const { formId } = useContext(SubmissionContext)
  return { label: `${formId}-${name}-label`, help: `${formId}-${name}-help` }
}

/** How every body's editor is set up: as a text box of its form. */
export function useEditorOptions(name: string, id: string): Partial<EditorOptions> {
  const { label, help } = useBodyElementIds(name)
  return {
    injectCSS: false,
    // At every key it looks what has gone, to tell listeners that nobody here is.
    enableCoreExtensions: { delete: false },
    editorProps: {
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
 * An editor, made in the browser before the page is shown again, and ended with what is written in.
 * @param key what is written in; null while there is nothing. Another place has another editor, and nothing else makes a new one
 * @param options read when the editor is made
 * @returns null until there is one
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

/** The document is written out when the form is sent, not at every key. */
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

/** What cannot be written out is refused by the newsroom; sent without it, the page's old body would stand for it. */
function serializeBody(editor: Editor): string {
  try {
    return JSON.stringify(editor.getJSON())
  } catch {
    return 'unreadable'
  }
}

/** The words are counted when somebody pauses: to walk through a long story at every key would be felt. Milliseconds. */
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

/** 5,000: without `Intl`, which takes its time to be ready while somebody waits to write. */
const withThousandsSeparators = (count: number) => String(count).replace(/\B(?=(?:\d{3})+$)/gu, ',')

const countWordsIn = ({ state: { doc } }: Editor): number => countWords(doc.textBetween(0, doc.content.size, ' '))

function textOfJson(json: string): string {
  const body = parseBody(parseDocument(json), newBlockId)
  return body === null ? '' : plainText(body)
}

/** @returns what the editor begins with; JSON that cannot be read begins empty, and is still in the hidden field */
export function parseDocument(json: string): object {
  try {
    const parsed: unknown = JSON.parse(json)
    if (typeof parsed === 'object' && parsed !== null) return parsed
  } catch {
    // An empty field is no JSON: a headline has no body yet.
  }
  return { type: 'doc', content: [{ type: 'paragraph' }] }
}
