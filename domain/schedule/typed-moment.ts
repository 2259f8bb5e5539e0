import { z } from 'zod'
import { refuse } from '../refusal'
import { ambiguousTimes, readTypedTime } from '../time/newsroom-time'

/** The fields of a form in which a time from now on is typed. */
export const dueFields = {
  /** As `<input type="datetime-local">` sends it, in the zone that stood beside it. */
  due: z.string(),
  timeZone: z.string(),
  /** Which of the two, where the clocks go back. */
  which: z.enum(['first', 'second']).optional().catch(undefined),
}

type TypedFields = { due: string; timeZone: string; which?: 'first' | 'second' }

/**
 * The moment that was typed.
 * @param instead what to do about a time that has passed
 * @throws Refused, with a sentence beside the field
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

/** Something is wrong with one field. */
export function refuseField(field: string, sentence: string): never {
  return refuse({ kind: 'invalid', fields: { [field]: [sentence] } })
}
