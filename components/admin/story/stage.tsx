import { stageWords, type AskableStage } from '@/domain/desk/desk'
import type { Step } from '@/domain/step/step'

/** Where a story stands, or how far its draft is: a word, with a sign beside it. */
export function Stage({ stage }: { stage: AskableStage | Step }) {
  return (
    <span className="stage" data-stage={stage}>
      {stageWords[stage]}
    </span>
  )
}
