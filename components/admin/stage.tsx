import { stageWords, type DeskStage } from '@/domain/story/desk'

/** Where a story stands: a word, with a sign beside it. */
export function Stage({ stage }: { stage: DeskStage }) {
  return (
    <span className="stage" data-stage={stage}>
      {stageWords[stage]}
    </span>
  )
}
