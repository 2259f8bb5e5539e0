import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import type { Body } from '@/domain/body/body'
import { parseBody } from '@/domain/body/body-parser'
import { useEditorPages } from '../../admin/body/editor-page.test-support'
import { htmlOf } from '../feeds/rss-feed'
import { HeadlineList } from '../lists/headlines'
import { Lead } from '../lists/lead'
import { Story } from '../story'
import { liveStory } from '../story.test-support'

const open = useEditorPages()

const lines = {
  arabic: 'غزة: قال المتحدث (UNRWA) إن 2 من كل 3 مدارس أُغلقت.',
  mixed: 'UNRWA: قال المتحدث إن 2 من كل 3 مدارس أُغلقت.',
  hebrew: 'הנמל נסגר (UNRWA) ב-3 במרץ.',
  persian: 'بندر بسته شد (UNRWA).',
  urdu: 'بندرگاہ بند ہو گئی (UNRWA)۔',
  yiddish: 'דער האַפֿן איז פֿאַרמאַכט (UNRWA).',
}
const text = (words: string) => [{ type: 'text', text: words }]
const paragraph = (words: string) => ({ type: 'paragraph', content: text(words) })
const item = (words: string) => ({ type: 'listItem', content: [paragraph(words)] })
const cell = (words: string) => ({ type: 'tableCell', content: text(words) })

const bodyOf = (line: string): Body =>
  parseBody({
    type: 'doc',
    content: [
      paragraph(line),
      { type: 'heading', attrs: { level: 2 }, content: text(line) },
      { type: 'blockquote', content: [paragraph(line)] },
      { type: 'bulletList', content: [item(line), item('Kite.')] },
      { type: 'orderedList', content: [item(line)] },
      { type: 'table', content: [{ type: 'tableRow', content: [cell(line), cell(line)] }] },
      { type: 'pullQuote', content: [paragraph(line)] },
      { type: 'factBox', content: [paragraph(line)] },
      paragraph('Kite sang.'),
    ],
  }) ?? { type: 'doc', content: [] }

/** For each text node with the line: the direction of its block, and whether its last character is drawn left of its first. */
function drawn(line: string) {
  const found: { in: string; direction: string; endsLeft: boolean }[] = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const node = walker.currentNode as Text
    if (node.data.trim() !== line || node.parentElement?.closest('.hidden, script, style')) continue
    const left = (at: number) => {
      const range = document.createRange()
      range.setStart(node, at)
      range.setEnd(node, at + 1)
      return range.getBoundingClientRect().left
    }
    let block: Element | null = node.parentElement
    while (block && getComputedStyle(block).display.startsWith('inline') && block.localName !== 'bdi')
      block = block.parentElement
    found.push({
      in: block?.localName ?? '',
      direction: block ? getComputedStyle(block).direction : '',
      endsLeft:
        left(node.data.lastIndexOf(line.at(-1) ?? '')) < left(node.data.indexOf(line.charAt(0))) ||
        line.startsWith('UNRWA'),
    })
  }
  const side = (selector: string) => {
    const element = document.querySelector(selector)
    return element ? getComputedStyle(element).direction : 'none'
  }
  const cells = [...document.querySelectorAll('td, th')].map((one) => one.getBoundingClientRect().left)
  return {
    found,
    containers: ['ul', 'ol:not(.headlines)', 'blockquote', 'table'].map(side),
    firstCellRight: (cells[0] ?? 0) > (cells[1] ?? 0),
    latin: [...document.querySelectorAll('p')]
      .filter((one) => one.textContent === 'Kite sang.')
      .map((one) => getComputedStyle(one).direction),
  }
}

test.each(Object.entries(lines))(
  'readers and writers see what runs from right to left on its side: %s',
  async (_, line) => {
    const body = bodyOf(line)
    const story = { ...liveStory, hasBody: true, headline: line, standfirst: line, kicker: line, dateline: line, body }
    const shown = [
      renderToStaticMarkup(<Story story={story} corrections={[]} timeZone="UTC" />),
      renderToStaticMarkup(<Lead story={story} timeZone="UTC" />),
      renderToStaticMarkup(<HeadlineList stories={[story]} timeZone="UTC" label="Latest" />),
      htmlOf(body),
    ]
    const page = await open({ body })
    const editor = await page.evaluate(drawn, line)
    const readers = []
    for (const html of shown) {
      await page.setContent(`<!DOCTYPE html><body>${html}</body>`)
      readers.push(await page.evaluate(drawn, line))
    }
    await page.close()
    for (const { found } of [editor, ...readers]) {
      expect(found.length).toBeGreaterThan(1)
      expect(found.filter(({ direction, endsLeft }) => direction !== 'rtl' || !endsLeft)).toEqual([])
    }
    for (const { containers, firstCellRight, latin } of [editor, readers[0], readers[3]].flatMap((one) => one ?? [])) {
      expect(containers).toEqual(['rtl', 'rtl', 'rtl', 'rtl'])
      expect(firstCellRight).toBe(true)
      expect(latin).toEqual(['ltr'])
    }
  },
)
