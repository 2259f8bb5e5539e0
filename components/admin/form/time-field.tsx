import { typedTimeOf } from '@/domain/time/newsroom-time'
import { Field } from './field.client'
import { TypedTimeInWords } from './typed-time.client'
import { WhichOfTwo } from './which-of-two.client'

type Props = { label: string; timeZone: string; at?: Date | null }

/** A time to fill in, in the newsroom's zone, and which of the two where the clocks go back. */
export function TimeField({ label, timeZone, at = null }: Props) {
  return (
    <>
      <input type="hidden" name="timeZone" value={timeZone} />
      <Field
        name="due"
        label={label}
        type="datetime-local"
        step={1}
        value={at ? typedTimeOf(at, timeZone) : ''}
        hint={
          <>
            In the newsroom’s time, {timeZone}. <TypedTimeInWords timeZone={timeZone} />
          </>
        }
        required
      />
      <WhichOfTwo />
    </>
  )
}
