import type { Attributes as EditorAttributes } from '@tiptap/core'
import { nodeSpecs } from '@/domain/body/blocks'

/** The attributes that the domain declares for a node, as Tiptap's: read from and written as their HTML attributes. */
export const editorAttributes = (name: string): EditorAttributes =>
  Object.fromEntries(
    Object.entries(nodeSpecs[name]?.attributes ?? {}).map(([attribute, { html, fallback, read }]) => [
      attribute,
      {
        default: fallback,
        parseHTML: (element: HTMLElement) =>
          element.hasAttribute(html) ? (read(element.getAttribute(html)) ?? fallback) : fallback,
        renderHTML: (attributes: Record<string, unknown>) => {
          const value = read(attributes[attribute])
          return value === undefined || value === fallback ? {} : { [html]: value === true ? '' : String(value) }
        },
      },
    ]),
  )
