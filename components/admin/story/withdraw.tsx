import type { Story } from '@/domain/story/story'
import type { FormAction } from '@/lib/form-state'
import { WordsField } from '../form/field.client'
import { Folded } from '../form/folded.client'
import { Offered } from '../form/offered.client'
import { StoryAct } from './story-act'
import { Submit } from '../form/submit.client'

/** Takes a story away from readers: folded up, far from the button that saves, and never without a reason. */
export function Withdraw({ story, action }: { story: Story; action: FormAction }) {
  const isOut = story.stage === 'live'
  return (
    <StoryAct story={story} action={action} label="Withdraw" when={isOut}>
      <Offered when={isOut}>
        <Folded summary="Withdraw this story…">
          <p className="small-print">
            Readers lose it at once, everywhere; its address tells them that it is gone. Its words stay here, and it can
            be published again.
          </p>
          <WordsField name="reason" label="Reason" hint="Kept in the history; readers do not see it." rows={2} />
          <div className="actions">
            <Submit look="danger">Withdraw now</Submit>
          </div>
        </Folded>
      </Offered>
    </StoryAct>
  )
}
