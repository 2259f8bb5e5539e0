import { expect, test } from 'vitest'
import { useEditorPages } from '../body/editor-page.test-support'
import { tolerateMovedNodes } from './moved-nodes'

const open = useEditorPages()

/** What React does with three texts of an element, of which a translation has moved the middle one and an extension removed the last. */
function changeMovedTexts(): string {
  const [line, before, moved, gone] = [
    document.createElement('p'),
    new Text('before '),
    new Text('moved '),
    new Text('gone'),
  ]
  line.append(before, moved, gone)
  const [outer, inner] = [document.createElement('font'), document.createElement('font')]
  moved.replaceWith(outer)
  inner.append(moved)
  outer.append(inner)
  gone.remove()
  line.insertBefore(new Text('new '), moved)
  line.insertBefore(new Text('last'), gone)
  line.removeChild(moved)
  line.removeChild(gone)
  line.removeChild(before)
  return line.innerHTML
}

test('text that a translation has moved is replaced by its place, and one that is gone by none', async () => {
  const page = await open()
  await expect(page.evaluate(changeMovedTexts)).rejects.toThrow('NotFoundError')
  await page.evaluate(tolerateMovedNodes, undefined)
  expect(await page.evaluate(changeMovedTexts)).toBe('new last')
  await page.close()
})
