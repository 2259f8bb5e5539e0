import { blockText, type Block } from '@/domain/body/blocks'
import type { Inline } from '@/domain/body/inline'
import { plainInline } from '@/domain/body/plain-inline'
import { mainDirection, textAttributes, textDirection } from '@/lib/text-direction'
import { attributeHtml } from './feeds/feed-html'

/** Of an element with text in it. */
export const inlineAttributes = (content: Inline[]) => textAttributes(plainInline(content))

/** Of a block of several lines: on which side its signs, numbers or columns begin. `auto` would look at the first letter only. */
export const blockDirection = (block: Block) => (mainDirection(blockText(block) ?? '') === 'rtl' ? 'rtl' : undefined)

export const blockDirectionHtml = (block: Block) => attributeHtml('dir', blockDirection(block))

/** Feed readers may not know `auto`, so only what runs from right to left says so. */
export function directionHtml(content: Inline[]): string {
  const text = plainInline(content)
  const direction = textDirection(text)
  return attributeHtml('dir', (direction === 'auto' ? mainDirection(text) : direction) === 'rtl' ? 'rtl' : undefined)
}
