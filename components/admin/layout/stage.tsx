import { stageLabels, type StageFilter } from '@/domain/desk/desk'
import type { Step } from '@/domain/stage'

/** Where a story stands, or how far its draft is: a word, with a sign beside it. */
export function Stage({ stage }: { stage: StageFilter | Step }) {
  return (
    <span className="stage" data-stage={stage}>
      {stageLabels[stage]}
    </span>
  )
}
