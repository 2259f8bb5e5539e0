import { toTypedTime } from '@/domain/time/newsroom-time'
import { Field } from './field.client'
import { TimePreview } from './time-preview.client'
import { AmbiguousTimeField } from './ambiguous-time-field.client'

type Props = { label: string; timeZone: string; value?: Date | null }

/** A time in the newsroom's time zone, with a choice of two where the clocks go back. */
export function TimeField({ label, timeZone, value = null }: Props) {
  return (
    <>
      <input type="hidden" name="timeZone" value={timeZone} />
      <Field
        name="due"
        label={label}
        type="datetime-local"
        step={1}
        value={value ? toTypedTime(value, timeZone) : ''}
        hint={
          <>
            In the newsroom’s time, {timeZone}. <TimePreview timeZone={timeZone} />
          </>
        }
        required
      />
      <AmbiguousTimeField />
    </>
  )
}
