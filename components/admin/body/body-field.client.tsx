'use client'
import { Editor, type EditorOptions } from '@tiptap/core'
import { useContext, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react'
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
      <div>
        {editor ? <BodyToolbar {...{ editor, asOneStep }} /> : <div className="toolbar needs-script" />}
        <div className="body-sheet">
          {editor ? (
            <>
              <Sheet editor={editor} />
              <SlashList editor={editor} />
            </>
          ) : (
            <WordsSoFar json={value} />
          )}
        </div>
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

/** Where one writes. The editor has drawn its text already, and is put here as it is: to have it drawn again would take as long once more. */
function Sheet({ editor }: { editor: Editor }) {
  const place = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => place.current?.append(editor.view.dom), [editor])
  return <div ref={place} />
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

/** How every body's editor is set up: as a text box of its form. */
export function useEditorLook(name: string, id: string): Partial<EditorOptions> {
  const { label, help } = useBodyIds(name)
  return {
    injectCSS: false,
    // At every key it looks what has gone, to tell listeners that nobody here is.
    enableCoreExtensions: { delete: false },
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
  }
}

/**
 * An editor, made in the browser before the page is shown again, and ended with what is written in.
 * @param place what is written in; null while there is nothing. Another place has another editor, and nothing else makes a new one
 * @param options read when the editor is made
 * @returns null until there is one
 */
export function useOneEditor<Place>(
  place: Place | null,
  options: (place: Place) => Partial<EditorOptions>,
): Editor | null {
  const [editor, setEditor] = useState<Editor | null>(null)
  const make = useEffectEvent((where: Place) => new Editor(options(where)))
  useLayoutEffect(() => {
    if (place === null) return
    const made = make(place)
    setEditor(made)
    return () => {
      setEditor(null)
      made.destroy()
    }
  }, [place])
  return editor
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
