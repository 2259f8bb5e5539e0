import type { Body } from '@/domain/body/body'
import type { Correction } from '@/domain/correction/correction'
import { BlockView } from './blocks'

type Props = { body: Body; notes: Correction[]; timeZone: string }

/** A story's body, with its correction notes. Links from the database are checked again here: an unsafe one is shown as text. */
export function StoryBody({ body, notes, timeZone }: Props) {
  return (
    <div className="story-body">
      {body.content.map((block) => (
        <BlockView key={block.attrs.id} block={block} notes={notes} timeZone={timeZone} />
      ))}
    </div>
  )
}
