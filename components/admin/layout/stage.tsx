import { stageLabels, type StageFilter } from '@/domain/desk/desk'
import type { Step } from '@/domain/stage'

/** The stage of a story or the step of its draft. */
export function Stage({ stage }: { stage: StageFilter | Step }) {
  return (
    <span className="stage" data-stage={stage}>
      {stageLabels[stage]}
    </span>
  )
}
