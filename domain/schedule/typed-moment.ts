import { z } from 'zod'
import { refuse } from '../refusal'
import { ambiguousTimes, readTypedTime } from '../time/newsroom-time'

/** The fields of a future time in a form. */
export const dueFields = {
  /** As `<input type="datetime-local">` sends it, in `timeZone`. */
  due: z.string(),
  timeZone: z.string(),
  /** Which of two moments, where the clocks go back. */
  which: z.enum(['first', 'second']).optional().catch(undefined),
}

type TypedFields = { due: string; timeZone: string; which?: 'first' | 'second' }

/**
 * @param instead what to do about a time that has passed
 * @throws Refused, with a sentence for the field
 */
export function typedMoment({ due, timeZone, which }: TypedFields, now: Date, instead: string): Date {
  const time = readTypedTime(due, timeZone)
  switch (time.kind) {
    case 'unreadable':
      return refuseField('due', 'Give a day and a time.')
    case 'never':
      return refuseField('due', `${ambiguousTimes.never} Choose another.`)
    case 'twice':
      if (which === undefined) return refuseField('which', `${ambiguousTimes.twice} Say which of the two is meant.`)
      return requireFuture(which === 'first' ? time.first : time.second, now, instead)
    case 'once':
      return requireFuture(time.at, now, instead)
  }
}

function requireFuture(at: Date, now: Date, instead: string): Date {
  return at > now ? at : refuseField('due', `That time has passed. ${instead}`)
}

export function refuseField(field: string, sentence: string): never {
  return refuse({ kind: 'invalid', fields: { [field]: [sentence] } })
}
