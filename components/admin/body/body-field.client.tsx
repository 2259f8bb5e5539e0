'use client'
import { EditorContent, type Editor, type UseEditorOptions } from '@tiptap/react'
import { useContext, useEffect, useRef, useState } from 'react'
import { minutesToRead, plainText, wordsIn } from '@/domain/body/body'
import { readBody } from '@/domain/body/body-reader'
import { BodyToolbar } from './body-toolbar.client'
import { newBlockId } from './body-extensions'
import { cleanPaste } from './pasted-html'
import { ownOrigins } from './link-address'
import { SlashList } from './slash-list.client'
import { SubmissionContext, useField } from '../form/form-context'
import { useTellNotes } from './story-notes.client'
import { TheirBody } from './their-body.client'
import { showing } from '../writing/showing'

type Props = {
  name: string
  label: string
  /** The body as the page has it, as JSON. */
  value: string
  field: ReturnType<typeof useField>
  /** Null until there is one. */
  editor: Editor | null
  asOneStep?: (work: () => void) => void
}

/** The place where a body is written: its label, its tools, the sheet and what is said below. It is sent with its form as JSON under `name`. */
export function BodyField({ name, label, value, field, editor, asOneStep = (work) => work() }: Props) {
  const ids = useBodyIds(name)
  const place = useRef<HTMLDivElement>(null)
  useSentWithForm(name, editor, place)
  useTellNotes(editor)
  return (
    <div className="field body-field" ref={place}>
      <span className="label" id={ids.label}>
        {label}
      </span>
      <input type="hidden" name={name} defaultValue={field.shown} />
      <div className="needs-script">
        {editor ? <BodyToolbar {...{ editor, asOneStep }} /> : <div className="toolbar" />}
        {editor ? (
          <div className="body-sheet">
            <EditorContent editor={editor} />
            <SlashList editor={editor} />
          </div>
        ) : (
          <div className="body-sheet">
            <WordsSoFar json={value} />
          </div>
        )}
      </div>
      <div id={ids.help} className="below">
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

/** What is written so far, until it can be written in: as many lines as there will be, so that nothing below moves under a click. */
function WordsSoFar({ json }: { json: string }) {
  const words = wordsOf(json)
  return (
    <div className="body-text">
      {words.split('\n').map((line, number) => (
        <p key={number}>{line}</p>
      ))}
    </div>
  )
}

function useBodyIds(name: string) {
  const { formId } = useContext(SubmissionContext)
  return { label: `${formId}-${name}-label`, help: `${formId}-${name}-help` }
}

/** How every body's editor is set up: as a text box of its form, drawn by the browser and not by the server. */
export function useEditorLook(name: string, id: string) {
  const { label, help } = useBodyIds(name)
  return {
    immediatelyRender: false,
    shouldRerenderOnTransaction: false,
    injectCSS: false,
    editorProps: {
      transformPastedHTML: (html) => cleanPaste(html, ownOrigins()),
      attributes: {
        id,
        role: 'textbox',
        class: 'body-text',
        'aria-multiline': 'true',
        'aria-labelledby': label,
        'aria-describedby': help,
      },
    },
  } satisfies UseEditorOptions
}

/** The document is written out when the form is sent, not at every key. */
function useSentWithForm(name: string, editor: Editor | null, place: { current: HTMLDivElement | null }) {
  useEffect(() => {
    const form = place.current?.closest('form')
    if (!form || !editor) return
    const write = ({ formData }: FormDataEvent) => formData.set(name, written(editor))
    form.addEventListener('formdata', write)
    const notShown = showing(form, 'body')
    return () => {
      notShown()
      form.removeEventListener('formdata', write)
    }
  }, [name, editor, place])
}

/** What cannot be written out is refused by the newsroom; sent without it, the page's old body would stand for it. */
function written(editor: Editor): string {
  try {
    return JSON.stringify(editor.getJSON())
  } catch {
    return 'unreadable'
  }
}

/** The words are counted when somebody pauses: to walk through a long story at every key would be felt. Milliseconds. */
const COUNTS_AFTER = 300

function WordCount({ editor }: { editor: Editor }) {
  const [words, setWords] = useState(() => wordsWritten(editor))
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const countSoon = () => {
      clearTimeout(timer)
      timer = setTimeout(() => setWords(wordsWritten(editor)), COUNTS_AFTER)
    }
    countSoon()
    editor.on('update', countSoon)
    return () => {
      clearTimeout(timer)
      editor.off('update', countSoon)
    }
  }, [editor])
  return (
    <p className="hint">
      {words === 0
        ? 'No body yet: readers get a headline.'
        : `${inThousands(words)} ${words === 1 ? 'word' : 'words'}, ${minutesToRead(words)} min to read`}
    </p>
  )
}

/** 5,000: without `Intl`, which takes its time to be ready while somebody waits to write. */
const inThousands = (count: number) => String(count).replace(/\B(?=(?:\d{3})+$)/gu, ',')

const wordsWritten = ({ state: { doc } }: Editor): number => wordsIn(doc.textBetween(0, doc.content.size, ' '))

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
