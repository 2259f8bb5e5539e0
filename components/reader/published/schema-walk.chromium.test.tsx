import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { AllSelection } from '@tiptap/pm/state'
import { renderToStaticMarkup } from 'react-dom/server'
import { beforeAll, expect, test } from 'vitest'
import { copied, paste, storedBody, useEditorPages } from '@/components/admin/body/editor-page.test-support'
import { selectedText } from '@/components/admin/body/copied-text'
import type { Block } from '@/domain/body/blocks'
import { contentKey } from '@/domain/body/block-matches'
import { correctionIdsIn, type Body } from '@/domain/body/body'
import type { Correction } from '@/domain/correction/correction'
import { routes } from '@/lib/routes'
import { atomOf, jsonFeedOf } from '../feeds/atom-json-feeds'
import { rssOf, type Item } from '../feeds/rss-feed'
import { Story } from '../story'
import { liveStory } from '../story.test-support'
import { looksOf, type Line } from './look.test-support'
import { schema, schemaCases, seenAttributes, type SchemaCase } from './schema-cases.test-support'

const open = useEditorPages()

const site = { siteUrl: 'https://herring.example', siteName: 'Herring', timeZone: 'UTC', sections: [] }
const base = site.siteUrl + routes.story(liveStory)
const info = { title: 'Herring', about: 'All of it', address: '/', feed: '/feed.xml' }
const notes: Correction[] = [7, 8, 9].map((id) => ({
  id,
  kind: 'correction',
  words: `The kite number ${id} was blue.`,
  publishedAt: new Date('2025-03-03T14:05:00Z'),
}))

const readerStyles = () => {
  const folder = fileURLToPath(new URL('../../../app/(reader)/', import.meta.url))
  return readdirSync(folder)
    .filter((name) => name.endsWith('.css') && name !== 'reader.css')
    .map((name) => readFileSync(folder + name, 'utf8'))
    .join('\n')
}

/** What an output shows of each case. */
type Looks = Line[][]
let cases: SchemaCase[]
const bodies: Body[] = []
/** The blocks of what is copied, pasted into another story. */
const pastedAgain: Block[] = []
const editor: Looks = []
const outputs = new Map<string, Looks>()

beforeAll(async () => {
  cases = schemaCases()
  const html: string[] = []
  // A body holds 20,000 parts.
  for (let from = 0; from < cases.length; from += 250) html.push(await write(cases.slice(from, from + 250)))
  const items = bodies.map((body): Item => {
    const ids = correctionIdsIn(body)
    return { ...liveStory, body, corrections: notes.filter((note) => ids.includes(note.id)) }
  })
  const stories = items.map(({ corrections, ...story }) =>
    renderToStaticMarkup(
      <Story
        story={{ ...story, body: story.body ?? { type: 'doc', content: [] } }}
        corrections={corrections}
        timeZone="UTC"
      />,
    ),
  )
  await showIn('the page and the previews', { styles: readerStyles(), stories })
  await showIn('RSS', { xml: rssOf(items, site, info), element: 'item', content: 'content:encoded' })
  await showIn('Atom', { xml: atomOf(items, site, info), element: 'entry', content: 'content' })
  const { items: entries } = JSON.parse(jsonFeedOf(items, site, info)) as { items: { content_html?: string }[] }
  await showIn('JSON Feed', { stories: entries.map((entry) => entry.content_html ?? '') })
  await showIn('copied HTML', { copied: html.join('') })
}, 600_000)

/** Writes cases into a shared document, and reads what the editor shows and the server stores. @returns the HTML that is copied */
async function write(some: SchemaCase[]): Promise<string> {
  const page = await open({ shared: 2 })
  await page.evaluate(
    ({ blocks, corrections }) => {
      const [first] = window.editorPage.editors
      if (!first) throw new Error('No editor.')
      const { state, view } = first
      first.storage.correctionNote.notes = corrections
      const nodes = blocks.map((block, at) =>
        state.schema.nodeFromJSON({ ...block, attrs: { ...block.attrs, id: `case-${at}` } }),
      )
      view.dispatch(state.tr.replaceWith(0, state.doc.content.size, nodes))
      first.commands.focus()
    },
    { blocks: some.map(({ block }) => block.toJSON() as { attrs?: object }), corrections: notes },
  )
  const stored = (await storedBody(page, 1)) as Body
  const byId = new Map(stored.content.map((block) => [block.attrs.id, block]))
  some.forEach((_, at) => {
    const block = byId.get(`case-${at}`)
    bodies.push({ type: 'doc', content: block ? [block] : [] })
  })
  editor.push(...(await looksOf(page, '#editor-0 [role=textbox] > *', base)))
  await page.keyboard.press('Control+a')
  const { html } = await copied(page)
  await page.close()
  const other = await open()
  await paste(other, { html })
  pastedAgain.push(...((await storedBody(other)) as Body).content)
  await other.close()
  return html
}

type Shown = { styles?: string; stories?: string[]; xml?: string; element?: string; content?: string; copied?: string }

async function showIn(name: string, shown: Shown) {
  const page = await open()
  await page.evaluate(({ styles, stories, xml, element, content, copied }) => {
    document.body.replaceChildren()
    document.head.replaceChildren()
    const sheet = document.createElement('style')
    sheet.textContent = styles ?? ''
    document.head.append(sheet)
    const root = document.createElement('main')
    document.body.append(root)
    if (copied !== undefined) {
      root.innerHTML = copied
      for (const meta of root.querySelectorAll('meta')) meta.remove()
      for (const child of root.children) child.classList.add('case')
      return
    }
    const feed = xml === undefined ? null : new DOMParser().parseFromString(xml, 'application/xml')
    if (feed?.querySelector('parsererror')) throw new Error('Not well-formed.')
    const entries = feed
      ? [...feed.getElementsByTagName(element ?? '')].map(
          (entry) => entry.getElementsByTagName(content ?? '')[0]?.textContent ?? '',
        )
      : (stories ?? [])
    for (const html of entries) {
      const place = document.createElement('div')
      place.innerHTML = html
      ;(place.querySelector('.story-body') ?? place).classList.add('case')
      root.append(place)
    }
  }, shown)
  outputs.set(name, await looksOf(page, '.case', base))
  await page.close()
}

test('there is a case for each node, mark and attribute of the schema', () => {
  const names = cases.map(({ name }) => name).join('\n')
  for (const name of [...Object.keys(schema.nodes), ...Object.keys(schema.marks)])
    if (name !== 'doc' && name !== 'text') expect.soft(names).toContain(name)
  expect(cases.length).toBeGreaterThan(500)
})

test('what the editor shows is kept in the shared document: no case is dropped', () => {
  const dropped = cases.flatMap(({ name }, at) => (bodies[at]?.content.length === 1 ? [] : [name]))
  expect(dropped).toEqual([])
})

test('each attribute has values that look different in the editor', () => {
  const unseen = seenAttributes.filter((attribute) => {
    const places = grouped(
      cases
        .map((one, at) => ({ ...one, look: JSON.stringify(withoutWords(editor[at])) }))
        .filter((one) => one.attribute === attribute),
    )
    return ![...places.values()].some((group) => new Set(group.map(({ look }) => look)).size > 1)
  })
  expect(unseen).toEqual([])
})

test.each(['the page and the previews', 'RSS', 'Atom', 'JSON Feed', 'copied HTML'])(
  'what the editor shows is what is seen in %s',
  (output) => {
    const looks = outputs.get(output) ?? []
    expect(looks).toHaveLength(cases.length)
    const different = cases.flatMap(({ name, block, isAtom }, at) => {
      // Whoever gets the copy reads it as HTML reads a line feed. What is stored and published has a line break instead.
      if (output === 'copied HTML' && block.textContent.includes('\n')) return []
      const [inEditor, shown] = [editor[at] ?? [], looks[at] ?? []].map((lines) => lines.map(forOutput(output)))
      const isSame = isAtom ? shown?.length !== 0 : inEditor?.join('\n') === shown?.join('\n')
      return isSame ? [] : [[name, ...firstDifference(inEditor ?? [], shown ?? [])].join('\n    ')]
    })
    expect(different).toEqual([])
  },
)

test.each(['the page and the previews', 'RSS', 'Atom', 'JSON Feed', 'copied HTML', 'the versions of a story'])(
  'values that look different in the editor are different in %s',
  (output) => {
    const lookOf = (at: number) => {
      const block = bodies[at]?.content[0]
      if (output === 'the versions of a story') return block ? contentKey(block).replace(/kite \d+/gu, 'kite') : ''
      return JSON.stringify(withoutWords(outputs.get(output)?.[at]))
    }
    const places = grouped(
      cases
        .map((one, at) => ({ ...one, inEditor: JSON.stringify(withoutWords(editor[at])), shown: lookOf(at) }))
        .filter(({ place }) => place),
    )
    const alike = [...places].flatMap(([place, group]) => {
      const count = (look: 'inEditor' | 'shown') => new Set(group.map((one) => one[look])).size
      return count('shown') < count('inEditor') ? [`${place}: ${group.map(({ name }) => name).join(' / ')}`] : []
    })
    expect(alike).toEqual([])
  },
)

test('what is copied and pasted into another story is the same there, without the notes of this one', () => {
  const notesOut = (_one: unknown, at: number) => !cases[at]?.name.startsWith('correctionNote')
  const before = bodies.flatMap(({ content }) => content.slice(0, 1)).filter(notesOut)
  const names = cases.filter(notesOut).map(({ name }) => name)
  const different = names.filter((_, at) => {
    const [one, other] = [before[at], pastedAgain[at]]
    return !one || !other || contentKey(one) !== contentKey(other)
  })
  expect(different).toEqual([])
  expect(pastedAgain).toHaveLength(names.length)
})

test('copied as plain text, each line has its words and its sign', () => {
  const plainly = (text: string) => text.replace(/\s+/gu, ' ').trim()
  const different = cases.flatMap(({ name, block, isAtom }, at) => {
    if (isAtom) return []
    const doc = schema.topNodeType.create(null, block)
    const plain = selectedText({ state: { doc, selection: new AllSelection(doc) }, nodeDOM: () => null })
    const lines = plain.split('\n').map(plainly)
    const missing = (editor[at] ?? []).filter(({ inside, marker, text, marked }) => {
      const sign = marker === '•' ? '-' : marker
      // What marks say is tested with `plainInline`.
      const words = marked.length > 0 ? '' : plainly(text)
      if (inside[0] === 'hr') return false
      return sign === ''
        ? !plainly(plain).includes(words)
        : !lines.some((line) => ` ${line} `.includes(` ${sign} ${words}`))
    })
    return missing.map((line) => `${name}: ${written(line)}\n    ${plain}`)
  })
  expect(different).toEqual([])
})

function grouped<One extends { place?: string }>(all: One[]): Map<string, One[]> {
  const groups = new Map<string, One[]>()
  for (const one of all) groups.set(one.place ?? '', [...(groups.get(one.place ?? '') ?? []), one])
  return groups
}

/** A line of the look, for messages. */
const written = ({ marker, inside, text, marked, cell }: Line): string =>
  [marker, `<${inside.join(' ')}>`, text, ...marked.map((one) => `{${one}}`), cell].join(' ').trim()

/** A copy has the cells that are marked as headings, and no others: what is pasted would have more. */
const forOutput = (output: string) => (line: Line) =>
  output === 'copied HTML' ? written({ ...line, cell: line.cell.replace('bold, ', '') }) : written(line)

function firstDifference(inEditor: string[], shown: string[]): string[] {
  const at = inEditor.findIndex((line, index) => line !== shown[index])
  const index = at === -1 ? inEditor.length : at
  return [`in the editor: ${inEditor[index] ?? 'nothing'}`, `here:          ${shown[index] ?? 'nothing'}`]
}

/** The words of two cases are counted and differ. */
const withoutWords = (lines: Line[] = []) =>
  lines.map((line) => ({ ...line, text: line.text.replace(/kite \d+/gu, 'kite') }))
