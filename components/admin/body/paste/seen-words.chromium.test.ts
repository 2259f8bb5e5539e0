import { existsSync, readdirSync, readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { useEditorPages } from '../editor-page.test-support'
import { pasted } from './pasting.test-support'

const open = useEditorPages()

/** The words of HTML as Chromium lays them out: letters that touch in one line of one block are one word. */
const seenWords = (page: Page, html: string) =>
  page.evaluate((source) => {
    const frame = document.createElement('iframe')
    frame.style.cssText = 'width:100000px;height:500px'
    frame.setAttribute('sandbox', 'allow-same-origin')
    document.body.append(frame)
    const inner = frame.contentDocument
    if (!inner) return []
    const parsed = new DOMParser().parseFromString(source, 'text/html')
    for (const gone of parsed.querySelectorAll('del, script, link, base, meta')) gone.remove()
    for (const picture of parsed.querySelectorAll('img, source, iframe')) picture.remove()
    for (const marker of parsed.querySelectorAll('[style]'))
      if (/mso-list:\s*ignore/iu.test(marker.getAttribute('style') ?? '')) marker.remove()
    inner.head.append(...parsed.querySelectorAll('style'))
    inner.body.replaceWith(inner.adoptNode(parsed.body))
    const words: string[] = []
    let last: DOMRect | undefined
    let lastBlock: Element | null = null
    let lastNode: Text | null = null
    const blockOf = (node: Node): Element | null => {
      const parent = node.parentElement
      return parent && /^(?:inline|contents)$/u.test(getComputedStyle(parent).display) ? blockOf(parent) : parent
    }
    const walker = inner.createTreeWalker(inner.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node as Text
      for (const { 0: piece, index } of text.data.matchAll(/[\s\u00a0\u200b\ufeff]+|[^\s\u00a0\u200b\ufeff]+/gu)) {
        const rectAt = (at: number) => {
          const range = inner.createRange()
          range.setStart(text, at)
          range.setEnd(text, at + 1)
          return range.getClientRects()[0]
        }
        const first = rectAt(index)
        const hidden = text.parentElement && getComputedStyle(text.parentElement).visibility !== 'visible'
        if (!first || hidden) continue
        if (piece.trim() === '' || /^[\s\u00a0\u200b\ufeff]/u.test(piece)) {
          last = undefined
          continue
        }
        const block = blockOf(text)
        // Text beside an element in such a box is a box of its own.
        const isBoxed =
          block !== null &&
          text !== lastNode &&
          block.localName !== 'details' &&
          /flex|grid/u.test(getComputedStyle(block).display)
        const isJoined =
          last &&
          block === lastBlock &&
          !isBoxed &&
          first.top < last.bottom &&
          last.top < first.bottom &&
          Math.abs(first.left - last.right) < 1
        if (isJoined) words.push((words.pop() ?? '') + piece)
        else words.push(piece)
        last = rectAt(index + piece.length - 1)
        lastBlock = block
        lastNode = text
      }
    }
    frame.remove()
    return words
  }, html)

const keptWords = async (page: Page, html: string) => {
  await pasted(page, { html })
  const text = await page.locator('[role=textbox]').innerText()
  return text.split(/[\s\u00a0\u200b\ufeff]+/u).filter((word) => word !== '')
}

const word = fc.constantFrom('kite', 'ferry', '12', 'Overley', 'Müller', '2026', 'é', '3.5', '雨', 'it’s')
const inlineElement = fc.constantFrom(
  'span',
  'b',
  'i',
  'em',
  's',
  'sup',
  'sub',
  'u',
  'a',
  'font',
  'mark',
  'label',
  'code',
)
const blockElement = fc.constantFrom(
  'p',
  'div',
  'h1',
  'h3',
  'section',
  'article',
  'ul><li',
  'ol><li',
  'blockquote',
  'pre',
  'table><tr><td',
  'fieldset',
  'legend',
  'details open',
  'summary',
  'center',
  'address',
  'dl><dd',
  'figure',
)
const look = fc.constantFrom(
  '',
  '',
  '',
  'display:block',
  'display:flex',
  'display:grid',
  'display:table',
  'display:list-item',
  'display:none',
  'visibility:hidden',
  'white-space:pre-wrap',
  'white-space:pre-line',
  'text-decoration:line-through',
  'font-weight:700',
  'vertical-align:super',
)
const close = (tag: string) =>
  tag
    .split('><')
    .reverse()
    .map((name) => `</${name.split(' ')[0] ?? ''}>`)
    .join('')
const element = (names: fc.Arbitrary<string>, content: fc.Arbitrary<string>) =>
  fc.tuple(names, look, content).map(([name, style, inner]) => {
    const [first = '', ...rest] = name.split('><')
    const opening = [`${first} style="${style}"`, ...rest].map((one) => `<${one}>`).join('')
    return `${opening}${inner}${close(name)}`
  })
const { blocks } = fc.letrec<{ inline: string; block: string; blocks: string }>((tie) => ({
  inline: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    word,
    fc.constantFrom(' ', '\n', '<br>', '&nbsp;', '<br><br>'),
    element(
      inlineElement,
      fc.array(tie('inline'), { maxLength: 3 }).map((parts) => parts.join('')),
    ),
  ),
  block: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    element(
      blockElement,
      fc.array(tie('inline'), { maxLength: 5 }).map((parts) => parts.join('')),
    ),
    element(blockElement, tie('blocks')),
    fc.array(tie('inline'), { maxLength: 4 }).map((parts) => parts.join('')),
  ),
  blocks: fc.array(tie('block'), { maxLength: 4 }).map((parts) => parts.join('')),
}))

test('the words that are seen in what is pasted are the words that are kept: none is joined, split, lost or added', async () => {
  const page = await open()
  await fc.assert(
    fc.asyncProperty(blocks, async (html) => {
      // Whether text beside a hidden element of such a box is a box of its own differs between browsers.
      fc.pre(!/flex|grid/u.test(html) || !/display:none/u.test(html))
      expect(await keptWords(page, html)).toEqual(await seenWords(page, html))
    }),
    { numRuns: 200 },
  )
  await page.close()
})

const SAMPLES = '/work/shared/samples/html-paste'

test.skipIf(!existsSync(SAMPLES))(
  'the real clipboards keep the words that are seen (skipped without the folder of samples)',
  async () => {
    const page = await open()
    for (const file of readdirSync(SAMPLES).filter((name) => name.endsWith('.html'))) {
      const html = readFileSync(`${SAMPLES}/${file}`, 'utf8')
      expect.soft(await keptWords(page, html), file).toEqual(await seenWords(page, html))
    }
    await page.close()
  },
)
