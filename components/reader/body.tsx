import { Fragment, type ReactNode } from 'react'
import { isSafeLink, type Block, type Body, type Inline, type ListItem, type Mark } from '@/domain/story/body'

/** A story's body. What the database holds is checked again here: an unsafe link is words. */
export function StoryBody({ body }: { body: Body }) {
  return (
    <div className="story-body">
      {body.content.map((block) => (
        <BlockOf key={block.attrs.id} block={block} />
      ))}
    </div>
  )
}

function BlockOf({ block }: { block: Block }) {
  switch (block.type) {
    case 'paragraph':
      return <p>{words(block.content)}</p>
    case 'heading':
      return block.attrs.level === 2 ? <h2>{words(block.content)}</h2> : <h3>{words(block.content)}</h3>
    case 'blockquote':
      return (
        <blockquote>
          {block.content.map((paragraph) => (
            <p key={paragraph.attrs.id}>{words(paragraph.content)}</p>
          ))}
        </blockquote>
      )
    case 'bulletList':
      return <ul>{items(block.content)}</ul>
    case 'orderedList':
      return <ol>{items(block.content)}</ol>
  }
}

function items(list: ListItem[]): ReactNode {
  return list.map((item, place) => (
    <li key={place}>
      {item.content.map((part) => (
        <BlockOf key={part.attrs.id} block={part} />
      ))}
    </li>
  ))
}

export function words(inline: Inline[]): ReactNode {
  return inline.map((part, place) => (
    <Fragment key={place}>{part.type === 'hardBreak' ? <br /> : marked(part.text, part.marks)}</Fragment>
  ))
}

const safeLink = (href: string, inside: ReactNode) => (isSafeLink(href) ? <a href={href}>{inside}</a> : inside)

/** @param link how a link looks; readers' links lead somewhere, if it is safe there */
export function marked(text: string, marks: Mark[], link = safeLink): ReactNode {
  return marks.reduce<ReactNode>((inside, mark) => {
    switch (mark.type) {
      case 'bold':
        return <strong>{inside}</strong>
      case 'italic':
        return <em>{inside}</em>
      case 'link':
        return link(mark.attrs.href, inside)
    }
  }, text)
}
